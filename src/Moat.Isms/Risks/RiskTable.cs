using System.Globalization;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Tables;
using Moat.Isms.Work;

namespace Moat.Isms.Risks;

/// <summary>Risk registers as other tools and people keep them.</summary>
[Process("risks", "What could go wrong with models, data and services, how bad that would be, and what is done about it.")]
public sealed class RiskTable(MoatDb db, WorkList work)
{
    private static readonly TableColumn[] Columns =
    [
        new("title", true, "risk title", "risk name", "title", "risk description", "risk scenario", "scenario", "risk", "name", "threat", "description"),
        new("id", false, "risk id", "id", "ref", "ref id", "reference", "risk no", "no"),
        new("cause", false, "cause", "causes", "vulnerability", "root cause", "risk description", "description"),
        new("consequence", false, "consequence", "consequences", "impact description", "effect"),
        new("inherentLikelihood", false, "inherent likelihood", "inherent probability"),
        new("inherentImpact", false, "inherent impact"),
        new("residualLikelihood", false, "residual likelihood", "residual probability"),
        new("residualImpact", false, "residual impact"),
        new("likelihood", false, "likelihood", "probability", "current likelihood", "current probability", "current proba"),
        new("impact", false, "impact", "severity", "current impact"),
        new("plan", false, "mitigation measures", "controls in place", "mitigation", "treatment", "treatment plan", "treatment measures", "controls", "existing controls"),
        new("owner", false, "risk owner", "owner", "responsible"),
    ];

    private static readonly (string Word, int Level)[] Words =
    [
        ("very high", 5), ("almost certain", 5), ("severe", 5), ("critical", 5), ("catastrophic", 5), ("very low", 1), ("minimal", 1), ("rare", 1), ("negligible", 1),
        ("unlikely", 2), ("likely", 4), ("high", 4), ("major", 4), ("moderate", 3), ("medium", 3), ("possible", 3), ("low", 2), ("minor", 2),
    ];

    /// <summary>Shows how a table is understood, and stores nothing.</summary>
    [Query("preview-table", Permission.EditRisks, "Show how a risk register (CSV, XLSX) is understood; stores nothing", TakesBody = true)]
    public async Task<TableResult> Preview(GiveTable input, CancellationToken ct) => (await Table.Read(input, ct)).Result;

    /// <summary>Enters the rows; all or none unless wrong rows are to be skipped. Rows that an earlier import entered stay as they are.</summary>
    [Operation("import-table", Permission.EditRisks, "Import a risk register (CSV, XLSX); all rows or none")]
    public async Task<TableResult> Import(GiveTable input, CancellationToken ct)
    {
        var (result, fresh) = await Table.ReadToEnter(input, ct);
        foreach (var row in fresh) await Enter(row, Path.GetFileName(input.File.Name), ct);
        return result;
    }

    private async Task Enter(Row row, string file, CancellationToken ct)
    {
        var from = string.Create(CultureInfo.InvariantCulture, $"Taken over from {file}, row {row.Number}.");
        var risk = await db.Enter(
            new Risk
            {
                Title = row.Title,
                Cause = row.Cause ?? from,
                Consequence = row.Consequence ?? from,
                OwnerId = row.OwnerId,
                Harms = [],
            }, ct);
        risk.From(row.Source);
        if (row.Inherent is { } inherent && row.Current is { } current)
        {
            risk.Assess(inherent, current, row.Residual, from, db.Now);
            if (row.Plan is not null) risk.Treat(TreatmentOption.Modify, row.Plan, row.Residual);
        }
        else
        {
            await work.EnsureAssessment(risk, db.Today, ct);
        }
    }

    private TableImport<Row> Table => new(db, Columns, "a risk", "risks", ReadRow, db.SourcesOf<Risk>);

    private static Row? ReadRow(RowReading line, TableRemarks remarks)
    {
        var said = line.Text("title", 2000);
        if (said is null || said.Length < 3) return null;
        var title = FirstSentence(said);
        var (inherent, today, residual) = (Pair(line, "inherentLikelihood", "inherentImpact"), Pair(line, "likelihood", "impact"), Pair(line, "residualLikelihood", "residualImpact"));
        var current = today ?? (inherent is not null && residual is not null ? residual : inherent);
        if (inherent is not null && current is not null && current.Score > inherent.Score)
            line.Problem("likelihood", "The risk today scores higher than without any control.");
        return new Row(
            line.Number, title, line.Text("cause", 2000) ?? (said.Length > title.Length ? said : null), line.Text("consequence", 2000), inherent ?? current, current, residual,
            line.Text("plan", 4000), remarks.Owner(line), $"table:{SearchText.Fold($"{line.Text("id", 100)} {title}")}".Cut(300));
    }

    private static Rating? Pair(RowReading line, string likelihood, string impact)
    {
        var l = line.Level(likelihood, Level, "1 to 5, or rare to almost certain");
        var i = line.Level(impact, Level, "1 to 5, or minimal to severe");
        return l is { } a && i is { } b ? new Rating { Likelihood = a, Impact = b } : null;
    }

    internal static int? Level(string text)
    {
        var words = text.ToLowerInvariant();
        if (int.TryParse(words.Split(' ', '(', '-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number is >= 1 and <= 5 ? number : null;
        foreach (var (word, level) in Words)
            if (words.Contains(word, StringComparison.Ordinal)) return level;
        return null;
    }

    private static string FirstSentence(string text)
    {
        var end = text.IndexOfAny(['\n', ';']);
        var stop = text.IndexOf(". ", StringComparison.Ordinal);
        var at = new[] { end, stop }.Where(p => p >= 10).DefaultIfEmpty(text.Length).Min();
        return text[..at].Trim().Cut(200);
    }

    private sealed record Row(
        int Number, string Title, string? Cause, string? Consequence, Rating? Inherent, Rating? Current, Rating? Residual, string? Plan, Guid? OwnerId, string Source)
        : ImportedRow(Number, Title, Source, OwnerId)
    {
        public override string Detail => Current is { } c ? $"scores {c.Score} today" : "not assessed";
    }
}
