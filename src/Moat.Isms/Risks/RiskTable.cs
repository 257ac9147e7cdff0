using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Tables;
using Moat.Isms.Retirements;
using Moat.Isms.Work;

namespace Moat.Isms.Risks;

/// <summary>Risk registers as other tools and people keep them.</summary>
[Process("risks", "What could go wrong with models, data and services, how bad that would be, and what is done about it.")]
public sealed class RiskTable(MoatDb db, WorkList work)
{
    private static readonly TableRegister Register = new(
    [
        new("title", true, "risk title", "risk name", "title", "risk description", "risk scenario", "scenario", "risk", "risks", "name", "threat", "threats",
            "description"),
        new("id", false, "risk id", "id", "ref", "ref id", "reference", "risk no", "no"),
        new("cause", false, "cause", "causes", "vulnerability", "vulnerabilities", "root cause", "risk description", "description"),
        new("consequence", false, "consequence", "consequences", "impact description", "effect"),
        new("inherentLikelihood", false, "inherent likelihood", "inherent probability", "inherent risk likelihood", "inherent risk probability",
            "gross likelihood"),
        new("inherentImpact", false, "inherent impact", "inherent risk impact", "gross impact"),
        new("residualLikelihood", false, "residual likelihood", "residual probability", "residual risk likelihood", "residual risk probability",
            "net likelihood"),
        new("residualImpact", false, "residual impact", "residual risk impact", "net impact"),
        new("likelihood", false, "likelihood", "probability", "current likelihood", "current probability", "current proba", "current risk likelihood"),
        new("impact", false, "impact", "severity", "current impact", "current risk impact"),
        new("plan", false, "mitigation measures", "controls in place", "mitigation", "treatment", "treatment plan", "treatment measures", "controls", "existing controls"),
        new("owner", false, "risk owner", "owner", "responsible"),
    ], "a risk", "risks", "title or id");

    /// <summary>The fields that a column can be chosen for by hand.</summary>
    public static IReadOnlyList<string> Fields { get; } = [.. Register.Columns.Select(c => c.Field)];

    private static readonly ScaleWords Words = new(
        5, ["risk", "likelihood", "probability", "impact", "severity", "harm", "level", "rating"],
        ["very low", "minimal", "rare", "negligible", "very unlikely", "insignificant"],
        ["unlikely", "low", "minor"],
        ["moderate", "medium", "possible"],
        ["likely", "high", "major"],
        ["very high", "almost certain", "severe", "critical", "catastrophic", "very likely", "extreme"]);

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

    private TableImport<Row> Table => new(db, Register, table => (line, remarks) => ReadRow(line, remarks, !table.Has("impact")), Known);

    private async Task<IReadOnlyDictionary<int, KnownRecord>> Known(IReadOnlyList<Row> rows, TableRemarks remarks, CancellationToken ct) => KnownRows.Match(
        rows, await db.Set<Risk>().AsNoTracking().ToListAsync(ct), remarks, r => r.Source,
        // Registers that number their risks may have several of one title.
        (row, r) => r.Standing != Standing.Rejected && !(row.IsNumbered && r.Source?.StartsWith("table:", StringComparison.Ordinal) == true),
        (row, r) =>
        [
            r.Title == row.Title ? null : KnownRows.Differs("title", r.Title, row.Said), KnownRows.Differs("cause", r.Cause, row.Cause),
            KnownRows.Differs("consequence", r.Consequence, row.Consequence), KnownRows.Differs("score today", r.CurrentScore, row.Current?.Score),
            row.OwnerId is { } owner && owner != r.OwnerId ? "owner: another person in the file" : null,
        ], await db.WhyLeft(ct));

    private static Row? ReadRow(RowReading line, TableRemarks remarks, bool hasNoImpact)
    {
        var said = line.Text("title", 2000);
        if (said is null || said.Length < 3) return null;
        var title = FirstSentence(said);
        var (id, reference) = (line.Text("id", 100), line.Ref<Risk>("id"));
        // Some registers rate the consequence, others describe it.
        var consequence = line.Text("consequence", 2000);
        var isRated = hasNoImpact && consequence is not null && Words.Of(consequence) is not null;
        var (inherent, residual) = (Pair(line, "inherentLikelihood", "inherentImpact"), Pair(line, "residualLikelihood", "residualImpact"));
        var today = Pair(line, "likelihood", isRated ? "consequence" : "impact");
        var current = today ?? (inherent is not null && residual is not null ? residual : inherent);
        if (inherent is not null && current is not null && current.Score > inherent.Score)
            line.Problem("likelihood", "The risk today scores higher than without any control.");
        var plan = line.Text("plan", 4000);
        if (current is null)
        {
            if (plan is not null)
                remarks.Say("Some rows describe measures and have no whole rating; these measures are not entered, because they treat a rating.");
            if (IsHalf(line, "likelihood", isRated ? "consequence" : "impact") || IsHalf(line, "inherentLikelihood", "inherentImpact"))
                remarks.Say("Some rows rate only the likelihood or only the impact; such a risk is entered as not assessed.");
        }
        return new Row(
            line.Number, title, line.Text("cause", 2000) ?? (said.Length > title.Length ? said : null), isRated ? null : consequence,
            inherent ?? current, current, residual,
            plan, remarks.Owner(line), $"table:{SearchText.Fold($"{id} {title}")}".Cut(300), said)
        {
            Ref = reference,
            IsNumbered = id is not null && reference is null,
        };
    }

    private static bool IsHalf(RowReading line, string likelihood, string impact) =>
        line.Text(likelihood, 2000) is null != line.Text(impact, 2000) is null;

    private static Rating? Pair(RowReading line, string likelihood, string impact)
    {
        var l = line.Level(likelihood, Words.Of, "1 to 5, or rare to almost certain");
        var i = line.Level(impact, Words.Of, "1 to 5, or minimal to severe");
        return l is { } a && i is { } b ? new Rating { Likelihood = a, Impact = b } : null;
    }

    private static string FirstSentence(string text)
    {
        var end = text.IndexOfAny(['\n', ';']);
        var stop = text.IndexOf(". ", StringComparison.Ordinal);
        var at = new[] { end, stop }.Where(p => p >= 10).DefaultIfEmpty(text.Length).Min();
        return text[..at].Trim().Cut(200);
    }

    private sealed record Row(
        int Number, string Title, string? Cause, string? Consequence, Rating? Inherent, Rating? Current, Rating? Residual, string? Plan, Guid? OwnerId,
        string Source, string Said)
        : ImportedRow(Number, Title, Source, OwnerId)
    {
        public bool IsNumbered { get; init; }

        public override string Detail => Current is { } c ? $"scores {c.Score} today" : "not assessed";
    }
}
