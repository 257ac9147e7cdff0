using System.Text.Json;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Assets.Boms;

/// <summary>The hashes of a CycloneDX component (ECMA-424, "hashes").</summary>
internal static class CycloneDxHashes
{
    /// <summary>Those that are understood; of the others the place is said.</summary>
    public static IReadOnlyList<GivenDigest> Of(JsonElement component, string place, BomRemarks remarks)
    {
        var digests = new List<GivenDigest>();
        foreach (var (hash, at) in component.List("hashes", place))
            if (GivenDigest.Of(hash.Text("alg"), hash.Text("content")) is { } digest)
                digests.Add(digest);
            else
                remarks.Say("Not understood as a hash, so it is not kept:", $"'{hash.Text("alg")?.Cut(40)}' at {at}");
        return digests;
    }

    /// <summary>Where the bytes can be had; a website or a licence is no such place.</summary>
    public static string? Distribution(JsonElement component) =>
        component
            .List("externalReferences", "$")
            .Where(r => r.Element.Text("type") == "distribution")
            .Select(r => r.Element.Text("url"))
            .FirstOrDefault(u => u is not null);
}
