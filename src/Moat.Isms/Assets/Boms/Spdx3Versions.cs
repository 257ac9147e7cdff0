using System.Text.Json;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Assets.Boms;

/// <summary>
/// The versions of the AI and dataset packages of an SPDX 3 document: their hashes (verifiedUsing), those of the files
/// that they contain, and which package descends from which.
/// </summary>
internal sealed class Spdx3Versions(
    IReadOnlyList<(JsonElement Element, string Place)> elements,
    Func<string, string?> packageOf,
    BomRemarks remarks
)
{
    private const string Descendant = "descendantOf";
    private const string Ancestor = "ancestorOf";

    /// <summary>Whether a type of relationship says which package descends from which.</summary>
    public static bool Reads(string relationship) => relationship is Descendant or Ancestor;

    /// <summary>Tells each package's version, and what it was made from.</summary>
    public void Read(IReadOnlyDictionary<string, BomAsset> assets, BomVersions versions)
    {
        var files = OfFiles();
        var names = new Dictionary<string, BomVersionName?>();
        foreach (var (element, place) in elements)
            if (element.Text("spdxId") is { } id && assets.TryGetValue(id, out var asset))
                names[asset.Key] = versions.Tell(
                    asset.Key,
                    element.Text("software_packageVersion"),
                    [.. Hashes(element, place, null), .. files[asset.Key]],
                    element.Text("software_downloadLocation"),
                    place
                );
        foreach (var (element, place) in elements)
            if (element.Text("relationshipType") is { } type && Reads(type) && element.Text("from") is { } from)
                foreach (
                    var (to, _) in element.List("to", place).Where(t => t.Element.ValueKind == JsonValueKind.String)
                )
                {
                    var (one, other) = (Version(from, names), Version(to.GetString()!.Trim(), names));
                    versions.Descends(type == Descendant ? one : other, type == Descendant ? other : one);
                }
    }

    private BomVersionName? Version(string id, Dictionary<string, BomVersionName?> names) =>
        packageOf(id) is { } key ? names.GetValueOrDefault(key) : null;

    private ILookup<string, GivenDigest> OfFiles() =>
        (
            from e in elements
            where e.Element.Text("type") == "software_File" && e.Element.Text("spdxId") is not null
            let key = packageOf(e.Element.Text("spdxId")!)
            where key is not null
            from digest in Hashes(e.Element, e.Place, e.Element.Text("name"))
            select (key, digest)
        ).ToLookup(f => f.key, f => f.digest);

    private IEnumerable<GivenDigest> Hashes(JsonElement element, string place, string? file)
    {
        foreach (var (hash, at) in element.List("verifiedUsing", place))
            if (GivenDigest.Of(hash.Text("algorithm"), hash.Text("hashValue"), file) is { } digest)
                yield return digest;
            else
                remarks.Say(
                    "Not understood as a hash, so it is not kept:",
                    $"'{(hash.Text("algorithm") ?? hash.Text("type"))?.Cut(40)}' at {at}"
                );
    }
}
