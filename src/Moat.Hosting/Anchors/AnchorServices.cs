using Moat.Isms.Anchors;
using Moat.Isms.Documents;

namespace Moat.Hosting.Anchors;

/// <summary>Registers the places outside that the operator named.</summary>
internal static class AnchorServices
{
    /// <summary>Adds them, ready to be sent to; clones of repositories are kept in the data folder.</summary>
    public static void AddAnchors(this IServiceCollection services, OutsideWorld outside, string dataFolder)
    {
        services.AddSingleton(found => new AnchorPlaces(
            outside.Anchors,
            outside.TimeAuthority,
            found.GetRequiredService<ITimeAuthority>(),
            dataFolder,
            found.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton(found => new AnchorTargets(
            found.GetRequiredService<AnchorPlaces>().Targets,
            outside.IsStory
        ));
    }
}
