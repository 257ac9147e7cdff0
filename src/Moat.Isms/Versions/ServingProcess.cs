using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;

namespace Moat.Isms.Versions;

/// <summary>Which endpoint serves which version, since when and until when.</summary>
[Process(VersionProcess.Name, VersionProcess.Summary)]
public sealed class ServingProcess(MoatDb db, CurrentCaller caller)
{
    // Clocks of pipelines run a little ahead.
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);

    /// <summary>
    /// An endpoint serves it. What serves is told as it is, so a version that nobody released is not refused: that is a
    /// break on the map.
    /// </summary>
    [
        ProvenInPack,
        Operation(
            "serve",
            Permission.EditAssets,
            "Say that an endpoint serves a version since a moment; what it served before ends"
        )
    ]
    public async Task<Done> Serve(ServeVersion input, CancellationToken ct)
    {
        var version = await db.One<AssetVersion>(input, ct);
        var endpoint = await Endpoint(input.Endpoint, ct);
        var since = Moment(input.Since, "since");
        var now = await Serving(endpoint).ToListAsync(ct);
        var others = input.Beside ? [] : now.FindAll(s => s.VersionId != version.Id);
        if (others.Find(s => s.Since > since) is { } later)
            throw new RuleBroken(
                "versions.serve.order",
                $"{endpoint.Ref} serves another version since {later.Since:yyyy-MM-dd HH:mm} UTC. "
                    + "Name a later moment, or say that it serves beside it."
            );
        var itself = db.Set<ServedVersion>().Where(s => s.EndpointId == endpoint.Id && s.VersionId == version.Id);
        if (await itself.FirstOrDefaultAsync(s => s.Until > since, ct) is { } overlapping)
            throw new InputInvalid(
                "since",
                $"{endpoint.Ref} served {version.Ref} until {overlapping.Until:yyyy-MM-dd HH:mm} UTC already. Name that "
                    + "moment or a later one."
            );
        others.ForEach(s => s.End(since));
        if (now.Exists(s => s.VersionId == version.Id))
            return new Done(version);
        await db.Enter(
            new ServedVersion
            {
                VersionId = version.Id,
                EndpointId = endpoint.Id,
                Since = since,
                SaidBy = caller.Value.Name,
            },
            ct
        );
        return new Done(version);
    }

    /// <summary>An endpoint does not serve it any more.</summary>
    [
        ProvenInPack,
        Operation("stop-serving", Permission.EditAssets, "Say that an endpoint does not serve a version any more")
    ]
    public async Task<Done> Stop(StopServing input, CancellationToken ct)
    {
        var version = await db.One<AssetVersion>(input, ct);
        var endpoint = await Endpoint(input.Endpoint, ct);
        var serving =
            await Serving(endpoint).FirstOrDefaultAsync(s => s.VersionId == version.Id, ct)
            ?? throw new RuleBroken("versions.stop-serving.not", $"{endpoint.Ref} does not serve {version.Ref}.");
        var until = Moment(input.Until, "until");
        if (until < serving.Since)
            throw new InputInvalid("until", $"It began on {serving.Since:yyyy-MM-dd HH:mm} UTC.");
        serving.End(until);
        return new Done(version);
    }

    private IQueryable<ServedVersion> Serving(Asset endpoint) =>
        db.Set<ServedVersion>().AsTracking().Where(s => s.EndpointId == endpoint.Id && s.Until == null);

    private async Task<Asset> Endpoint(string reference, CancellationToken ct)
    {
        var endpoint = await db.One<Asset>(reference, ct);
        return endpoint.Kind == EndpointKind
            ? endpoint
            : throw new InputInvalid(
                "endpoint",
                $"{endpoint.Ref} is no inference endpoint. Name the asset that customers call."
            );
    }

    private DateTime Moment(DateTime? given, string field)
    {
        if (given is not { } said)
            return db.Now;
        var at =
            said.Kind == DateTimeKind.Unspecified
                ? DateTime.SpecifyKind(said, DateTimeKind.Utc)
                : said.ToUniversalTime();
        if (at > db.Now + ClocksDiffer)
            throw new InputInvalid(field, "This moment has not come yet.");
        return at > db.Now ? db.Now : at;
    }

    /// <summary>The kind of assets that serve.</summary>
    internal const string EndpointKind = "endpoint";
}
