using Moat.Isms.Kernel;

namespace Moat.Server.Shell;

/// <summary>Where a record's page is; its kind says so.</summary>
internal static class Links
{
    /// <summary>The page of a record; a record without a page of its own is shown on its register.</summary>
    public static string To(string org, string reference, string process, string? title = null) =>
        RecordKind.Parse(reference) is { } parsed ? $"/{org}/{parsed.Kind.PageOf(reference, title)}"
        // Shipped checks and the controls of Annex A have an id and no number.
        : process is "checks" ? $"/{org}/checks/{reference}"
        : process is "controls" ? $"/{org}/controls/{title?.Split(' ')[0] ?? reference}"
        : $"/{org}/{process}#{reference}";

    /// <summary>The page of a record by its reference alone.</summary>
    public static string To(string org, string reference) =>
        RecordKind.Parse(reference) is { } parsed ? $"/{org}/{parsed.Kind.PageOf(reference, null)}" : $"/{org}";
}
