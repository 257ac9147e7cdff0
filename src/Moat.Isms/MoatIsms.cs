using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Isms.Kernel.Remembering;
using Moat.Knowledge;

namespace Moat.Isms;

/// <summary>Registers the ISMS: the session, the catalog and every process.</summary>
public static class MoatIsms
{
    /// <summary>
    /// Adds the processes that the program was built with. Storage and what holds the journal's keys come from
    /// elsewhere.
    /// </summary>
    public static IServiceCollection AddMoatIsms(this IServiceCollection services)
    {
        var catalog = OperationCatalog.Whole;
        services.AddSingleton(catalog);
        foreach (var process in catalog.ProcessTypes)
            services.AddScoped(process);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => KnowledgeBase.Shipped);
        services.AddSingleton<CompanyClock>();
        services.AddSingleton<KernelQueries>();
        services.AddSingleton<UnchangedCache>();
        services.AddScoped<CurrentCaller>();
        services.AddScoped<IsmsSession>();
        services.AddScoped<WaitingWork>();
        services.AddScoped<RecordFinder>();
        services.AddSingleton<JournalKeys>();
        services.AddScoped<JournalWriter>();
        services.AddSingleton<KnownBlocks>();
        services.AddScoped<JournalTree>();
        services.AddScoped<JournalKeyCheck>();
        services.AddScoped<JournalVerifier>();
        foreach (var type in IsmsAssemblies.Classes)
        {
            if (type.IsAssignableTo(typeof(IIsmsPart)))
                ((IIsmsPart)Activator.CreateInstance(type)!).Register(services);
            foreach (var seam in HandedIn(type))
                services.Add(new ServiceDescriptor(seam, type, Lifetime(type)));
        }
        return services;
    }

    private static IEnumerable<Type> HandedIn(Type type)
    {
        var above = new List<Type>(type.GetInterfaces());
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
            above.Add(parent);
        return above.Where(a => a.IsDefined(typeof(HandedInAttribute), inherit: false));
    }

    private static ServiceLifetime Lifetime(Type type) =>
        type.GetConstructor([]) is null ? ServiceLifetime.Scoped : ServiceLifetime.Singleton;
}
