using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets.Boms;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Tables;
using Moat.Isms.People;
using Moat.Isms.Work;

namespace Moat.Isms.Risks;

/// <summary>Risk registers as other tools and people keep them.</summary>
[Process("risks", "What could go wrong with models, data and services, how bad that would be, and what is done about it.")]
public sealed class RiskTable(MoatDb db, WorkList work)
{
    private const int Shown = 20;

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
    [Operation("preview-table", Permission.EditRisks, "Show how a risk register (CSV, XLSX) is understood; stores nothing")]
    public async Task<TableResult> Preview(GiveTable input, CancellationToken ct) => (await Read(input, ct)).Result;

    /// <summary>Enters the rows; all or none unless wrong rows are to be skipped. Rows that an earlier import entered stay as they are.</summary>
    [Operation("import-table", Permission.EditRisks, "Import a risk register (CSV, XLSX); all rows or none")]
    public async Task<TableResult> Import(GiveTable input, CancellationToken ct)
    {
        var (result, fresh) = await Read(input, ct);
        if (result.Problems.Count > 0 && !input.SkipWrong) throw new InputInvalid(result.Problems);
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
            await work.Ensure(risk, "assess", $"Assess {risk.Title}", "An adopted risk counts only once it is assessed (6.1.2 d).", risk.OwnerId, db.Today.AddDays(14), ct);
        }
    }

    private async Task<(TableResult Result, List<Row> Fresh)> Read(GiveTable input, CancellationToken ct)
    {
        var table = TableFinder.Find(TableReader.Read(input.File), Columns, input.Sheet, input.Columns);
        var people = await db.Set<Person>().Where(p => p.LeftOn == null).ToListAsync(ct);
        var problems = new List<FieldError>();
        var remarks = new List<string>();
        var rows = new List<Row>();
        foreach (var line in table.Rows)
        {
            var before = problems.Count;
            if (ReadRow(new RowReading(table, line, problems), people, remarks) is { } row && problems.Count == before) rows.Add(row);
        }
        rows = [.. rows.DistinctBy(r => r.Source)];
        if (rows.Count == 0 && problems.Count == 0) throw new InputInvalid("file", $"Below the header in row {table.HeaderRow} of '{table.Sheet}' there is no row with a risk.");
        var sources = rows.Select(r => r.Source).ToList();
        var known = (await db.Set<Risk>().Where(r => r.Source != null && sources.Contains(r.Source)).Select(r => r.Source!).ToListAsync(ct)).ToHashSet();
        var fresh = rows.Where(r => !known.Contains(r.Source)).ToList();
        return (new TableResult(
            table.Sheet, table.HeaderRow, table.Columns, table.Unmatched,
            [.. rows.Take(Shown).Select(r => new TableRowView(r.Number, r.Title, r.Current is { } c ? $"scores {c.Score} today" : "not assessed", known.Contains(r.Source)))],
            fresh.Count, rows.Count - fresh.Count, problems, [.. remarks.Distinct().Take(20)]), fresh);
    }

    private static Row? ReadRow(RowReading line, List<Person> people, List<string> remarks)
    {
        var said = line.Text("title", 2000);
        if (said is null || said.Length < 3) return null;
        var title = FirstSentence(said);
        var (inherent, today, residual) = (Pair(line, "inherentLikelihood", "inherentImpact"), Pair(line, "likelihood", "impact"), Pair(line, "residualLikelihood", "residualImpact"));
        var current = today ?? (inherent is not null && residual is not null ? residual : inherent);
        if (inherent is not null && current is not null && current.Score > inherent.Score)
            line.Problem("likelihood", "The risk today scores higher than without any control.");
        var owner = line.Text("owner", 400);
        var person = owner is null ? null : people.FirstOrDefault(p => p.Name.Equals(owner, StringComparison.OrdinalIgnoreCase) || p.Email.Equals(owner, StringComparison.OrdinalIgnoreCase));
        if (owner is not null && person is null) remarks.Add($"'{owner.Cut(60)}' is nobody in the register of people; those risks have no owner yet.");
        return new Row(
            line.Number, title, line.Text("cause", 2000) ?? (said.Length > title.Length ? said : null), line.Text("consequence", 2000), inherent ?? current, current, residual,
            line.Text("plan", 4000), person?.Id, $"table:{SearchText.Fold($"{line.Text("id", 100)} {title}")}".Cut(300));
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
        int Number, string Title, string? Cause, string? Consequence, Rating? Inherent, Rating? Current, Rating? Residual, string? Plan, Guid? OwnerId, string Source);
}
