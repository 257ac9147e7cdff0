using Microsoft.Extensions.DependencyInjection.Extensions;
using Moat.Hosting.Anchors;
using Moat.Hosting.Mail;
using Moat.Hosting.Webhooks;

namespace Moat.Hosting.Rounds;

/// <summary>All recurring work: its name, how often it is done, and what is done.</summary>
internal static class RecurringWorkServices
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static void AddRecurringWork(this IServiceCollection services)
    {
        services.Add<CollectorRunner>(r => new("sources", TimeSpan.FromSeconds(5), r.RunDue));
        services.Add<WebhookRunner>(r => new("webhooks", TimeSpan.FromSeconds(5), r.RunOnce));
        services.Add<DigestRunner>(r => new("digests", 5 * Minute, r.RunOnce));
        services.Add<AnchorRound>(r => new("anchors", Minute, r.RunOnce) { First = TimeSpan.FromSeconds(2) });
        services.Add<AnchorRound>(r => new("occasions", Minute, r.AskForOccasions) { OnEveryServer = true });
        services.Add<Upkeep>(r => new("upkeep", Minute, r.RunOnce) { OnEveryServer = true });
        services.Add<DailyRound>(r => new("daily", TimeSpan.FromHours(6), r.RunOnce) { First = 2 * Minute });
        services.AddHostedService<RecurringRounds>();
    }

    // What runs by itself can also be asked to run at once.
    private static void Add<T>(this IServiceCollection services, Func<T, RecurringWork> work)
        where T : class
    {
        services.TryAddSingleton<T>();
        services.AddSingleton(found => work(found.GetRequiredService<T>()));
    }
}
