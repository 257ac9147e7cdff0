using Moat.Isms.Assets;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Versions;

/// <summary>
/// Enters what sources tell of versions, inside the operations that took the source in. What is known MUST NOT give way
/// to what is told: a source that tells other bytes under a known name makes a contradiction that people see.
/// </summary>
public sealed class VersionFeed(MoatDb db, CurrentCaller caller)
{
    private const string AsKnown = "The source tells what is known again.";

    /// <summary>Takes a source's word in, as it was weighed; the version that it is about.</summary>
    internal async Task<ShelvedVersion> Take(
        VersionShelf shelf,
        Asset asset,
        ToldVersion told,
        VersionTeller by,
        CancellationToken ct
    )
    {
        var known = shelf.Find(asset.Id, told.Name);
        var word = VersionShelf.Weigh(known, told, by.Source);
        if (known is null)
            return await Enter(shelf, asset, told, by, ct);
        switch (word)
        {
            case FedWord.More:
                await Fill(known, told, ct);
                // Who tells no digest any more does not say that the bytes are the same after all.
                if (told.Digests.Count > 0)
                    End(known, by.Source);
                break;
            case FedWord.Other or FedWord.Apart:
                await Contradict(known, VersionShelf.Otherwise(known, told), by, ct);
                break;
            case FedWord.Again:
                End(known, by.Source);
                break;
        }
        if (word is not (FedWord.Other or FedWord.OtherAsBefore or FedWord.Apart) && HasBytes(known, told))
            await Remember(known, told.Run, told.Commit, by.Ref, ct);
        return known;
    }

    /// <summary>
    /// Takes in that a version was made from another. Where the source names none of those of its kind that are known,
    /// such as another base model, that is a contradiction.
    /// </summary>
    internal async Task Descend(
        ShelvedVersion made,
        AssetVersion origin,
        string originKind,
        bool contradicts,
        VersionTeller by,
        CancellationToken ct
    )
    {
        if (made.Origins.ContainsKey(origin.Id))
            return;
        if (contradicts)
        {
            if (!VersionShelf.Before(made, From(origin), by.Source))
                await Contradict(made, From(origin), by, ct);
            return;
        }
        made.Origins[origin.Id] = originKind;
        await db.Connect(made.Version, LinkTypes.MadeFrom, origin, ct, by.Source.Cut(200));
    }

    /// <summary>
    /// Takes in what a push says of bytes that are known under the same name; what the one who pushes is told.
    /// </summary>
    internal async Task<IReadOnlyList<string>> Again(
        ShelvedVersion known,
        NewVersion told,
        IReadOnlyList<(AssetVersion Version, string Kind)> origins,
        CancellationToken ct
    )
    {
        var words = PushedAgain.Of(known, told).ToList();
        if (PushedAgain.OfOrigins(known, origins) is { } word)
            words.Add(word);
        foreach (var (source, says, _) in words)
        {
            if (says is not null && VersionShelf.Before(known, says, source))
                continue;
            End(known, source);
            if (says is not null)
                await Contradict(known, says, new VersionTeller(source, caller.Value.Name.Cut(80)), ct);
        }
        await Fill(
            known,
            new ToldVersion(told.Name, [])
            {
                Format = told.Format,
                Run = told.Run,
                Commit = told.Commit,
                Location = told.Location,
                Bytes = told.Bytes,
            },
            ct
        );
        if (words.TrueForAll(w => w.Source != PushedAgain.Origin || w.Says is null))
            foreach (var (origin, kind) in origins.Where(o => known.Origins.TryAdd(o.Version.Id, o.Kind)))
                await db.Connect(known.Version, LinkTypes.MadeFrom, origin, ct);
        var remarks = words.Select(w => w.Remark).OfType<string>();
        return await Remember(known, told.Run, told.Commit, caller.Value.Name.Cut(80), ct)
            ?
            [
                .. remarks,
                $"{known.Version.Ref} was made by run {known.Version.Run}; {told.Run} made the same bytes again.",
            ]
            : [.. remarks];
    }

    /// <summary>What a source says that tells another origin than is known.</summary>
    internal static string From(AssetVersion origin) => $"made from {origin.Ref} {origin.Caption}".Cut(4000);

    private async Task<ShelvedVersion> Enter(
        VersionShelf shelf,
        Asset asset,
        ToldVersion told,
        VersionTeller by,
        CancellationToken ct
    )
    {
        var version = await db.Enter(
            new AssetVersion
            {
                AssetId = asset.Id,
                AssetName = asset.Name,
                Name = told.Name,
                Bytes = told.Bytes,
                Format = told.Format,
                Run = told.Run,
                Commit = told.Commit,
                Location = told.Location,
                EnteredBy = caller.Value.Name,
                ToldBy = by.Ref,
            },
            ct
        );
        await db.Connect(version, LinkTypes.VersionOf, asset, ct);
        var shelved = shelf.Put(version);
        await Add(shelved, told.Digests, ct);
        return shelved;
    }

    /// <summary>Keeps that another run made the same bytes; whether that was not known yet.</summary>
    private async Task<bool> Remember(
        ShelvedVersion known,
        string? run,
        string? commit,
        string by,
        CancellationToken ct
    )
    {
        if (!known.IsAnother(run))
            return false;
        if (known.Again.Find(a => a.Run == run) is { } before)
        {
            before.Commit ??= commit;
            return false;
        }
        known.Again.Add(
            await db.Enter(
                new MadeAgain
                {
                    VersionId = known.Version.Id,
                    Run = run!,
                    Commit = commit,
                    ToldBy = by,
                },
                ct
            )
        );
        return true;
    }

    private static bool HasBytes(ShelvedVersion known, ToldVersion told) =>
        told.Digests.Any(d => !d.IsForgeable && known.Digests.Contains(d.Value));

    private async Task Fill(ShelvedVersion known, ToldVersion told, CancellationToken ct)
    {
        var version = known.Version;
        version.Format ??= told.Format;
        if (!known.IsAnother(told.Run))
            version.Commit ??= told.Commit;
        version.Run ??= told.Run;
        version.Location ??= told.Location;
        version.Bytes ??= told.Bytes;
        if (version.State == AssetVersionState.Entered)
            await Add(known, [.. VersionShelf.Adding(known, told)], ct);
    }

    private Task Add(ShelvedVersion known, IEnumerable<GivenDigest> digests, CancellationToken ct) =>
        Add(known.Version.Id, digests.Where(d => known.Digests.Add(d.Value)).ToList(), ct);

    /// <summary>Adds digests that the version does not have yet.</summary>
    internal async Task Add(Guid version, IEnumerable<GivenDigest> digests, CancellationToken ct)
    {
        foreach (var digest in digests)
            await db.Enter(
                new VersionDigest
                {
                    VersionId = version,
                    Value = digest.Value,
                    File = digest.File,
                },
                ct
            );
    }

    private async Task Contradict(ShelvedVersion known, string says, VersionTeller by, CancellationToken ct)
    {
        var told = await db.Enter(
            new ToldOtherwise
            {
                VersionId = known.Version.Id,
                Source = by.Source.Cut(200),
                ToldBy = by.Ref,
                Told = says,
                Since = db.Now,
            },
            ct
        );
        known.Otherwise.Add(told);
    }

    private void End(ShelvedVersion known, string source)
    {
        foreach (var stands in known.Otherwise.Where(o => o.Until is null && o.Source == source))
            stands.End(db.Now, AsKnown);
    }
}
