using System.Globalization;
using System.Net;
using System.Text;
using Moat.Isms.Kernel.Requirements;
using Moat.Isms.Processes;
using Moat.Isms.StatementOfApplicability;

namespace Moat.Reports.Pack;

/// <summary>The first page of an audit pack. It opens from a folder, without network and without scripts.</summary>
internal static class PackIndex
{
    private const string Style = """
        :root { color-scheme: light dark; } body { font: 15px/1.55 system-ui, sans-serif; max-width: 940px; margin: 40px auto; padding: 0 20px; }
        h1 { font-size: 26px; margin: 0; } h2 { font-size: 18px; margin-top: 32px; } .pre { opacity: .7; } table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; padding: 6px 10px 6px 0; border-bottom: 1px solid #8884; vertical-align: top; } code { overflow-wrap: anywhere; }
        .number { font-size: 28px; font-weight: 700; } .three { display: flex; gap: 40px; margin: 20px 0; flex-wrap: wrap; }
        """;

    public static string Write(
        string organization,
        DateTime at,
        IReadOnlyList<Soa> soas,
        IReadOnlyList<RequirementView> requirements,
        ProcessMapView processes,
        long entries,
        string fingerprint,
        PackOrigins origins,
        IEnumerable<KeyValuePair<string, long>> files
    )
    {
        var html = new StringBuilder();
        html.Append(
            CultureInfo.InvariantCulture,
            $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Audit pack of {E(organization)}</title><style>{Style}</style></head><body>"
        );
        html.Append(
            CultureInfo.InvariantCulture,
            $"<p class=\"pre\">Audit pack · {at:d MMM yyyy HH:mm} UTC</p><h1>{E(organization)}</h1>"
        );
        Readiness(html, requirements);
        Origins(html, origins);
        Statement(html, soas);
        Processes(html, processes);
        Verification(html, entries, fingerprint);
        Files(html, files);
        html.Append(
            "<h2>Requirement by requirement</h2><table><tr><th>Requirement</th><th>Documented</th><th>Operating</th><th>Improving</th><th>First gap</th></tr>"
        );
        foreach (var r in requirements)
            html.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td>{E(r.Id)} {E(r.Title)}</td><td>{Held(r.Doi.Documented)}</td><td>{Held(r.Doi.Operating)}</td><td>{Held(r.Doi.Improving)}</td><td>{E(r.Rules.FirstOrDefault(x => !x.Holds)?.Because ?? "none")}</td></tr>"
            );
        return html.Append("</table></body></html>").ToString();
    }

    private static void Readiness(StringBuilder html, IReadOnlyList<RequirementView> requirements)
    {
        html.Append("<div class=\"three\">");
        foreach (
            var (name, share) in new[]
            {
                ("Documented", Sum(requirements, r => r.Doi.Documented)),
                ("Operating", Sum(requirements, r => r.Doi.Operating)),
                ("Improving", Sum(requirements, r => r.Doi.Improving)),
            }
        )
            html.Append(
                CultureInfo.InvariantCulture,
                $"<div><div class=\"number\">{share.Percent} %</div>{name}: {share.Held} of {share.Of} rules hold</div>"
            );
        html.Append(
            "</div><p>These numbers are computed from the records in this pack, not entered by anybody. A rule whose records do not exist counts as not held.</p>"
        );
    }

    /// <summary>
    /// Where all of it comes from: what was collected without anybody's hand, and how many people decided.
    /// </summary>
    private static void Origins(StringBuilder html, PackOrigins origins)
    {
        html.Append(
            CultureInfo.InvariantCulture,
            $"<h2>Where it comes from</h2><p>{E(origins.Evidence)}</p><p>{E(origins.Decisions)}</p>"
        );
        html.Append(CultureInfo.InvariantCulture, $"<p>{E(origins.Controls)}</p>");
    }

    private static void Statement(StringBuilder html, IReadOnlyList<Soa> soas)
    {
        html.Append("<h2>Statement of Applicability</h2>");
        if (soas.Count == 0)
            html.Append("<p>No version was approved yet; the files show the draft.</p>");
        foreach (var soa in soas)
            html.Append(
                CultureInfo.InvariantCulture,
                $"<p><b>Version {soa.Number}</b>, approved by {E(soa.ApprovedBy)} on {soa.CreatedAt:d MMM yyyy}{(soa.SoleAuthor ? ", who is also its only author" : "")}: {soa.Applicable} controls apply, {soa.Excluded} are left out. {E(soa.ChangeNote)} <a href=\"soa/{soa.Ref}.json\">rows</a></p>"
            );
        html.Append("<p><a href=\"soa.xlsx\">As a workbook</a> · <a href=\"soa.docx\">as a document</a></p>");
    }

    private static void Processes(StringBuilder html, ProcessMapView map)
    {
        var names = map.Nodes.ToDictionary(n => n.Id, n => n.Label);
        html.Append(
            CultureInfo.InvariantCulture,
            $"<h2>Processes and their interactions</h2><p>From {map.From:d MMM yyyy} to {map.To:d MMM yyyy}, {map.Flowed} links between records and entries of the journal flowed: {map.Alive} interactions are alive, {map.Quiet} quiet, {map.Broken} broken. <a href=\"processes/map.svg\">The map</a> · <a href=\"processes/map.json\">as numbers</a></p>"
        );
        if (map.Breaks.Count == 0)
            return;
        html.Append(
            "<table><tr><th>Interaction</th><th>What should have flowed</th><th>Since</th><th>Records</th></tr>"
        );
        foreach (var item in map.Breaks)
            html.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td>{E(names[item.From])} → {E(names[item.To])}</td><td>{E(item.Title)}</td><td>{item.Since:d MMM yyyy}</td><td>{E(string.Join(' ', item.Records.Take(8).Select(r => r.Ref)))}{(item.Total > 8 ? $" and {item.Total - 8} more" : "")}</td></tr>"
            );
        html.Append("</table>");
    }

    private static void Verification(StringBuilder html, long entries, string fingerprint) =>
        html.Append(
            CultureInfo.InvariantCulture,
            $"""
            <h2>How to verify it</h2><p>Run <code>moat verify</code> on the ZIP file; it needs nothing else. It recomputes the hash of every file, the leaf of
            each of the {entries} journal entries, the root of their Merkle tree (RFC 9162) and the Ed25519 signatures. The fingerprint of the key is</p>
            <p><code>{E(
                fingerprint
            )}</code></p><p>Compare it with the one that the organisation gives you in another way. The folder into which you unpacked
            this, or another ZIP of it, verifies as well.</p>
            <p>The registers (<code>registers/*.json</code>) are compared, row by row and column by column, with what the journal leads to. Computed when the
            pack was made, and not proved by the journal: {E(
                string.Join(", ", PackRegisters.NotProved.Select(c => c.Column))
            )}. For reading only: the
            workbooks, the documents as DOCX, this page, <code>readiness.json</code>, <code>processes/</code>, and <code>soa.json</code> while no version is
            published.</p>
            """
        );

    private static void Files(StringBuilder html, IEnumerable<KeyValuePair<string, long>> files)
    {
        html.Append("<h2>Files</h2><table><tr><th>File</th><th>Bytes</th></tr>");
        foreach (var (path, size) in files)
            html.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td><a href=\"{E(path)}\">{E(path)}</a></td><td>{size}</td></tr>"
            );
        html.Append("</table>");
    }

    private static Share Sum(IReadOnlyList<RequirementView> requirements, Func<RequirementView, Share> of) =>
        new(requirements.Sum(r => of(r).Held), requirements.Sum(r => of(r).Of));

    private static string Held(Share share) => share.Of == 0 ? "–" : $"{share.Held}/{share.Of}";

    private static string E(string text) => WebUtility.HtmlEncode(text);
}
