using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Retirements;
using Moat.Isms.Tables;
using Moat.Isms.Work;
using Moat.Knowledge;

namespace Moat.Isms.Risks;

/// <summary>Risk registers as other tools and people keep them.</summary>
[Process(
    "risks",
    "What could go wrong with models, data and services, how bad that would be, and what is done about it."
)]
public sealed class RiskTable(MoatDb db, WorkList work, KnowledgeBase knowledge)
{
    private static readonly TableRegister Register = new(
        [
            new(
                "title",
                true,
                "risk title",
                "risk name",
                "title",
                "risk description",
                "risk scenario",
                "scenario",
                "risk",
                "risks",
                "name",
                "threat",
                "threats",
                "description"
            ),
            new("id", false, "risk id", "id", "ref", "ref id", "reference", "risk no", "no"),
            new(
                "cause",
                false,
                "cause",
                "causes",
                "vulnerability",
                "vulnerabilities",
                "root cause",
                "risk description",
                "description"
            ),
            new("consequence", false, "consequence", "consequences", "impact description", "effect"),
            new(
                "inherentLikelihood",
                false,
                "inherent likelihood",
                "inherent probability",
                "inherent risk likelihood",
                "inherent risk probability",
                "gross likelihood"
            ),
            new("inherentImpact", false, "inherent impact", "inherent risk impact", "gross impact"),
            new(
                "residualLikelihood",
                false,
                "residual likelihood",
                "residual probability",
                "residual risk likelihood",
                "residual risk probability",
                "net likelihood"
            ),
            new("residualImpact", false, "residual impact", "residual risk impact", "net impact"),
            new(
                "likelihood",
                false,
                "likelihood",
                "probability",
                "current likelihood",
                "current probability",
                "current proba",
                "current risk likelihood"
            ),
            new("impact", false, "impact", "severity", "current impact", "current risk impact"),
            new(
                "option",
                false,
                "treatment option",
                "risk treatment option",
                "treatment strategy",
                "treatment decision",
                "risk response",
                "risk treatment",
                "treatment"
            )
            {
                IsExact = true,
            },
            new(
                "plan",
                false,
                "mitigation measures",
                "controls in place",
                "mitigation",
                "treatment plan",
                "treatment measures",
                "treatment",
                "controls",
                "existing controls"
            ),
            new("owner", false, "risk owner", "owner", "responsible"),
            new("harms", false, "harms") { IsExact = true },
            new("threatId", false, "threat id") { IsExact = true },
            new("rationale", false, "rationale") { IsExact = true },
            TableColumn.Standing,
        ],
        "a risk",
        "risks",
        "title or id"
    );

    /// <summary>The fields that a column can be chosen for by hand.</summary>
    public static IReadOnlyList<string> Fields { get; } = [.. Register.Columns.Select(c => c.Field)];

    /// <summary>Shows how a table is understood, and stores nothing.</summary>
    [Query(
        "preview-table",
        Permission.EditRisks,
        "Show how a risk register (CSV, XLSX) is understood; stores nothing",
        TakesBody = true
    )]
    public async Task<TableResult> Preview(GiveTable input, CancellationToken ct) =>
        (await Table.Read(input, ct)).Result;

    /// <summary>
    /// Enters the rows; all or none unless wrong rows are to be skipped. Rows that an earlier import entered stay as
    /// they are.
    /// </summary>
    [Operation("import-table", Permission.EditRisks, "Import a risk register (CSV, XLSX); all rows or none")]
    public async Task<TableResult> Import(GiveTable input, CancellationToken ct)
    {
        var (result, fresh) = await Table.ReadToEnter(input, ct);
        foreach (var row in fresh)
            await Enter(row, Path.GetFileName(input.File.Name), ct);
        return result;
    }

    private async Task Enter(RiskLine row, string file, CancellationToken ct)
    {
        var from = string.Create(CultureInfo.InvariantCulture, $"Taken over from {file}, row {row.Number}.");
        var risk = await db.Enter(
            new Risk
            {
                Title = row.Title,
                Cause = row.Cause ?? from,
                Consequence = row.Consequence ?? from,
                OwnerId = row.OwnerId,
                Harms = [.. row.Harms],
                ThreatId = row.ThreatId,
            },
            ct
        );
        risk.From(row.Source);
        if (row.Inherent is { } inherent && row.Current is { } current)
        {
            risk.Assess(inherent, current, row.Residual, row.Rationale ?? from, db.Now);
            if (row.Plan is not null || row.Option > TreatmentOption.Undecided)
                risk.Treat(row.Option ?? TreatmentOption.Undecided, row.Plan ?? from, row.Residual);
        }
        else if (row.Stood != Standing.Proposed)
        {
            await work.EnsureAssessment(risk, db.Today, ct);
        }
        if (row.Stood == Standing.Proposed)
            risk.Propose(from, row.Source);
    }

    private TableImport<RiskLine> Table =>
        new(
            db,
            Register,
            table => (line, remarks) => RiskLine.Read(line, remarks, table, knowledge.ThreatById.ContainsKey),
            Known
        );

    private async Task<IReadOnlyDictionary<int, KnownRecord>> Known(
        IReadOnlyList<RiskLine> rows,
        TableRemarks remarks,
        CancellationToken ct
    ) =>
        KnownRows.Match(
            rows,
            await db.Set<Risk>().AsNoTracking().ToListAsync(ct),
            remarks,
            r => r.Source,
            // Registers that number their risks may have several of one title.
            (row, r) =>
                r.Standing != Standing.Rejected
                && !(row.IsNumbered && r.Source?.StartsWith("table:", StringComparison.Ordinal) == true),
            (row, r) =>
                [
                    r.Title == row.Title ? null : KnownRows.Differs("title", r.Title, row.Said),
                    KnownRows.Differs("cause", r.Cause, row.Cause),
                    KnownRows.Differs("consequence", r.Consequence, row.Consequence),
                    KnownRows.Differs("score today", r.CurrentScore, row.Current?.Score),
                    KnownRows.Differs(
                        "treatment",
                        r.Treatment.Words(),
                        row.Current is null ? null : row.Option?.Words()
                    ),
                    KnownRows.Differs("treatment plan", r.TreatmentPlan, row.Current is null ? null : row.Plan),
                    row.OwnerId is { } owner && owner != r.OwnerId ? "owner: another person in the file" : null,
                ],
            await db.WhyLeft(ct)
        );
}
