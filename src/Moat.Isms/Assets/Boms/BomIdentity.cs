using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Moat.Isms.Kernel;

namespace Moat.Isms.Assets.Boms;

/// <summary>
/// What a bill is about, so that a later bill of the same replaces it. Relations that one bill told MUST NOT be taken
/// for gone because another one does not tell them, so two bills are the same only where they say so: by what they are
/// about, by their own id, or else by naming the same models, data and services.
/// </summary>
/// <param name="Subject">What it is about, for people.</param>
/// <param name="Key">By what it is known, at most 196 characters.</param>
public sealed record BomIdentity(string Subject, string Key)
{
    private const int Longest = 196;

    /// <summary>What is said of a bill that has neither a subject nor an id.</summary>
    public const string Remark =
        "The bill says neither what it is about nor has it an id of its own, so it is known by the models, data and services "
        + "that it names. A later bill replaces it only where it names the same ones.";

    /// <summary>That of what a bill says, else of what it names.</summary>
    public static BomIdentity Of(string? said, IReadOnlyCollection<BomAsset> named) =>
        said is not null
            ? new BomIdentity(said, Short(said))
            : new BomIdentity(
                Listed(named),
                $"contents:{Hash(string.Join('\n', named.Select(a => a.Key).Order(StringComparer.Ordinal)))}"
            );

    // Two long names may begin with the same words.
    private static string Short(string said) =>
        said.Length <= Longest ? said : $"{said.Cut(Longest - 20)}#{Hash(said)[..16]}";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Listed(IReadOnlyCollection<BomAsset> named) =>
        named.Count switch
        {
            0 => "nothing that is read",
            1 => named.First().Name,
            _ => string.Create(CultureInfo.InvariantCulture, $"{named.First().Name} and {named.Count - 1:N0} more"),
        };
}
