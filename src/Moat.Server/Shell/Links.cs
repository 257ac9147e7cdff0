namespace Moat.Server.Shell;

/// <summary>Where a record's page is.</summary>
internal static class Links
{
    /// <summary>The page of a record; a record without a page of its own is shown on its register.</summary>
    public static string To(string org, string reference, string process, string? title = null) => process switch
    {
        "assets" when reference.StartsWith("AST-", StringComparison.Ordinal) => $"/{org}/assets/{reference}",
        "risks" when reference.StartsWith("RISK-", StringComparison.Ordinal) => $"/{org}/risks/{reference}",
        "controls" => $"/{org}/controls/{(title is null ? reference : title.Split(' ')[0])}",
        "soa" => $"/{org}/soa/{reference}",
        "method" => $"/{org}/risks/method",
        "plan" => $"/{org}/risks/plan",
        "documents" when reference.StartsWith("DOC-", StringComparison.Ordinal) => $"/{org}/documents/{reference}",
        "cadences" when reference.StartsWith("CAD-", StringComparison.Ordinal) => $"/{org}/cadences/{reference}",
        "webhooks" when reference.StartsWith("HOOK-", StringComparison.Ordinal) => $"/{org}/webhooks/{reference}",
        "people" when reference.StartsWith("PER-", StringComparison.Ordinal) => $"/{org}/people/{reference}",
        "suppliers" when reference.StartsWith("SUP-", StringComparison.Ordinal) => $"/{org}/suppliers/{reference}",
        "training" when reference.StartsWith("TRN-", StringComparison.Ordinal) => $"/{org}/training/list#{reference}",
        "evidence" when reference.StartsWith("EVD-", StringComparison.Ordinal) => $"/{org}/evidence/{reference}",
        "collectors" when reference.StartsWith("SRC-", StringComparison.Ordinal) => $"/{org}/collectors/{reference}",
        "resources" when reference.StartsWith("RES-", StringComparison.Ordinal) => $"/{org}/resources/{reference}",
        "checks" when reference.StartsWith("EXC-", StringComparison.Ordinal) => $"/{org}/checks/exceptions#{reference}",
        "checks" => $"/{org}/checks/{reference}",
        "audits" when reference.StartsWith("AUD-", StringComparison.Ordinal) => $"/{org}/audits/{reference}",
        "audits" => $"/{org}/audits/programme",
        "samples" => $"/{org}/audits/samples/{reference}",
        "findings" or "requests" => $"/{org}/{process}/{reference}",
        "reviews" when reference.StartsWith("MREV-", StringComparison.Ordinal) => $"/{org}/reviews/{reference}",
        "objectives" when reference.StartsWith("OBJ-", StringComparison.Ordinal) => $"/{org}/objectives/{reference}",
        "business-objectives" => $"/{org}/alignment#{reference}",
        "nonconformities" or "actions" or "lessons" or "improvements" or "changes" or "threat-news" => $"/{org}/{process}/{reference}",
        "incidents" when reference.StartsWith("INC-", StringComparison.Ordinal) => $"/{org}/incidents/{reference}",
        "playbook-runs" => $"/{org}/incidents/runs/{reference}",
        "reported-events" or "alerts" => $"/{org}/incidents/triage?state=all#{reference}",
        "issues" or "parties" or "obligations" or "leadership" => $"/{org}/context#{reference}",
        _ => $"/{org}/{process}#{reference}",
    };

    /// <summary>The page of a record by its reference alone.</summary>
    public static string To(string org, string reference) =>
        Isms.Kernel.RecordKind.Parse(reference) is { } parsed ? To(org, reference, parsed.Kind.Process) : $"/{org}";
}
