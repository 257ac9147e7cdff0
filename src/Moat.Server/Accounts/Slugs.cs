using System.Text.RegularExpressions;
using Moat.Isms.Kernel;

namespace Moat.Server.Accounts;

/// <summary>Names for URLs.</summary>
internal static partial class Slugs
{
    // Pages that belong to no organisation begin with these words.
    private static readonly string[] Reserved =
    [
        "api",
        "mcp",
        "setup",
        "sign-in",
        "sign-out",
        "account",
        "join",
        "openapi",
        "health",
        "not-here",
        "vendor",
    ];

    /// <summary>A slug made of a company's name.</summary>
    public static string Of(string company)
    {
        var slug = NotWord().Replace(SearchText.Fold(company), "-").Trim('-');
        slug = slug.Length > 40 ? slug[..40].Trim('-') : slug;
        return slug.Length < 2 || Reserved.Contains(slug) ? $"company-{slug}".Trim('-') : slug;
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotWord();
}
