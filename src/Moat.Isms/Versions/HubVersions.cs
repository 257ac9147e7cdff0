using System.Text.Json.Nodes;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Versions;

/// <summary>
/// Versions that the Hugging Face Hub has: called by the revision. Large files are told by their SHA-256; of the others
/// the hub tells only Git's SHA-1, which tells no bytes from all others.
/// </summary>
internal sealed class HubVersions(MoatDb db, VersionFeed feed) : IFactFollower
{
    private static readonly Dictionary<string, string> Places = new()
    {
        ["huggingface.model"] = "hf://",
        ["huggingface.dataset"] = "hf://datasets/",
    };

    /// <inheritdoc />
    public async Task Follow(IReadOnlyList<StandingFact> facts, CancellationToken ct)
    {
        var ofHub = facts.Where(f => Places.ContainsKey(f.Resource.Kind));
        foreach (var (fact, asset) in await FactsOfAssets.Of(db, ofHub, ct))
            if (
                JsonNode.Parse(fact.Content.Json) is { } told
                && told.At("revision").Text() is { Length: > 0 and <= 200 } revision
            )
                await feed.Take(
                    await VersionShelf.Of(db, [asset.Id], ct, revision),
                    asset,
                    new ToldVersion(
                        revision,
                        [.. told.At("revisionFiles").Objects().Select(Digest).OfType<GivenDigest>()]
                    )
                    {
                        Location = $"{Places[fact.Resource.Kind]}{fact.Resource.Name}@{revision}".Cut(1000),
                    },
                    new VersionTeller($"hub:{fact.Resource.Key:N}", fact.Resource.Ref),
                    ct
                );
    }

    private static GivenDigest? Digest(JsonObject file) =>
        GivenDigest.Of("sha256", file["sha256"].Text(), file["file"].Text())
        ?? GivenDigest.Of("sha1", file["blob"].Text(), $"{file["file"].Text()} (as Git keeps it)");
}
