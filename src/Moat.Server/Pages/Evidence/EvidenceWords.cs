using Moat.Isms.Evidence;
using Moat.Server.Shell;

namespace Moat.Server.Pages;

/// <summary>How long evidence counts, in a word and a colour.</summary>
internal static class EvidenceWords
{
    public static string Counts(EvidenceRow row, DateOnly today) => $"{(row.WithdrawnAt is not null ? "withdrawn, was to count until" : row.ValidUntil < today ? "ended" : "counts until")} {row.ValidUntil.Day()}";

    public static string Css(EvidenceRow row, DateOnly today) => row.WithdrawnAt is not null ? "bad" : row.ValidUntil < today ? "warn" : "good";
}
