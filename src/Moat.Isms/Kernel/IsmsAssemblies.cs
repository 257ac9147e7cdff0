using System.Reflection;

namespace Moat.Isms.Kernel;

/// <summary>
/// This assembly holds processes of the ISMS: their records, operations, rules, migrations and what they hand in.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class IsmsProcessesAttribute : Attribute;

/// <summary>
/// The assemblies with processes of the ISMS that this program was built with. A process in an assembly of its own is
/// found like those of Moat: the program references it, and nothing else names it.
/// </summary>
public static class IsmsAssemblies
{
    private static readonly AssemblyName Core = typeof(IsmsAssemblies).Assembly.GetName();

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<Assembly> All { get; } =
    [
        .. Reachable([
                typeof(IsmsAssemblies).Assembly,
                .. AppDomain.CurrentDomain.GetAssemblies().Where(UsesCore),
                .. Entry,
            ])
            .Where(a => a.IsDefined(typeof(IsmsProcessesAttribute)))
            .OrderBy(a => a.GetName().Name, StringComparer.Ordinal),
    ];

    /// <summary>The classes in them that can be made and are of this type, by name.</summary>
    public static IEnumerable<Type> ClassesOf<T>() => Classes.Where(t => t.IsAssignableTo(typeof(T)));

    /// <summary>The classes in them that can be made, by name.</summary>
    public static IReadOnlyList<Type> Classes { get; } =
    [
        .. All.SelectMany(a => a.GetTypes())
            .Where(t => t is { IsClass: true, IsAbstract: false })
            .OrderBy(t => t.FullName, StringComparer.Ordinal),
    ];

    private static Assembly[] Entry => Assembly.GetEntryAssembly() is { } entry ? [entry] : [];

    // Nothing is loaded for being looked at but what bears the name of the product.
    private static HashSet<Assembly> Reachable(IEnumerable<Assembly> from)
    {
        var (seen, waiting) = (new HashSet<Assembly>(), new Queue<Assembly>(from));
        while (waiting.TryDequeue(out var assembly))
            if (seen.Add(assembly))
                foreach (var next in assembly.GetReferencedAssemblies().Where(IsOurs).Select(Assembly.Load))
                    waiting.Enqueue(next);
        return seen;
    }

    private static bool UsesCore(Assembly assembly) =>
        !assembly.IsDynamic && assembly.GetReferencedAssemblies().Any(r => r.Name == Core.Name);

    private static bool IsOurs(AssemblyName name) => name.Name?.StartsWith("Moat.", StringComparison.Ordinal) == true;
}
