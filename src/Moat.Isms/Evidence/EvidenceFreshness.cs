using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Evidence.Counting;
using Moat.Isms.Kernel;
using Moat.Isms.Work;
using Moat.Knowledge.Checks;

namespace Moat.Isms.Evidence;

/// <summary>How fresh the evidence of a control is.</summary>
public enum Freshness
{
    /// <summary>There never was any.</summary>
    Missing,

    /// <summary>There was some, and none counts any more.</summary>
    Stale,

    /// <summary>What counts ends within two weeks.</summary>
    Expiring,

    /// <summary>It counts for longer than two weeks.</summary>
    Current,
}

/// <summary>The evidence of one applicable control.</summary>
/// <param name="Control">Its code.</param>
/// <param name="Title">Its title.</param>
/// <param name="Freshness">How fresh.</param>
/// <param name="CountsUntil">Until when the latest counts.</param>
/// <param name="Pieces">How many pieces count today.</param>
/// <param name="Watched">Resources that checks watch for it.</param>
/// <param name="NotPassing">Those that do not pass.</param>
/// <param name="Documents">Documents in force that name it. They say what is to be done; only some controls, such as
/// A.5.1, are shown by them.</param>
/// <param name="Convinces">The kind of evidence that is stale or missing, if one is.</param>
public sealed record ControlEvidence(
    string Control,
    string Title,
    Freshness Freshness,
    DateOnly? CountsUntil,
    int Pieces,
    int Watched,
    int NotPassing,
    int Documents,
    string? Convinces
);

/// <summary>How fresh the evidence is, for every applicable control.</summary>
[Process(EvidenceProcess.Name, EvidenceProcess.Summary)]
public sealed class EvidenceFreshness(
    MoatDb db,
    ControlCounting counting,
    CheckBook book,
    CheckReading checks,
    INamedControls named,
    WorkList work
)
{
    private const int DaysBefore = 14;
    private const string Purpose = "evidence";

    /// <summary>
    /// Every applicable control with how fresh its evidence is. What checks watch counts as collected every day.
    /// </summary>
    [Query("freshness", Permission.ReadIsms, "How fresh the evidence of every applicable control is")]
    public async Task<IReadOnlyList<ControlEvidence>> List(Nothing input, CancellationToken ct) =>
        [.. (await Read(ct)).Select(r => r.View)];

    /// <summary>
    /// Asks owners for new evidence before it ends, and closes the task when there is some. Done every day by the
    /// server itself.
    /// </summary>
    [
        Daily(DailyTurn.Registers),
        Operation(
            "keep-current",
            Permission.EditEvidence,
            "Ask owners for new evidence two weeks before what there is ends"
        )
    ]
    public async Task<Tally> KeepCurrent(Nothing input, CancellationToken ct)
    {
        var asked = 0;
        foreach (var (control, view) in await Read(ct))
        {
            if (view.Freshness is Freshness.Current)
                await work.Settle(control, Purpose, "There is new evidence.", ct);
            if (view.Freshness is not (Freshness.Expiring or Freshness.Stale))
                continue;
            await Ask(control, view, ct);
            asked++;
        }
        return new Tally(asked, []);
    }

    private Task Ask(Control control, ControlEvidence view, CancellationToken ct)
    {
        var (title, why) = (
            $"New evidence for {view.Control} {view.Title}",
            $"What there is counts until {view.CountsUntil:yyyy-MM-dd}. {(view.Convinces is null ? "" : $"What convinces: {view.Convinces}")}"
        );
        return view.CountsUntil > db.Today
            ? work.Ensure(control, Purpose, title, why, control.OwnerId, view.CountsUntil.Value, ct)
            : work.OpenOnce(
                control,
                new NewWork(Purpose, title, why, control.OwnerId, db.Today.AddDays(DaysBefore)),
                ct
            );
    }

    private async Task<IReadOnlyList<(Control Control, ControlEvidence View)>> Read(CancellationToken ct)
    {
        var today = db.Today;
        var controls = await db.Set<Control>()
            .Where(c => c.Standing == Standing.Adopted && c.Applicability == Applicability.Applicable)
            .OrderBy(c => c.Order)
            .ThenBy(c => c.Number)
            .ToListAsync(ct);
        var standings = await counting.All(ct);
        var documents = await named.Count(ct);
        var counts = await checks.Counts(ct);
        var byControl = (await book.All(ct))
            .SelectMany(c => c.Controls.Select(control => (Control: control, c.Id)))
            .ToLookup(c => c.Control, c => c.Id);
        return
        [
            .. controls.Select(c =>
            {
                var outcomes = byControl[c.Code].Where(counts.ContainsKey).Select(id => counts[id]).ToList();
                var (watched, passing) = (
                    outcomes.Sum(o => o.Values.Sum()),
                    outcomes.Sum(o => o.GetValueOrDefault(CheckOutcome.Passing))
                );
                var kinds = standings[c.Code].Kinds;
                var there = kinds.Where(k => k.State == KindState.There).ToList();
                DateOnly? until = (there.Count > 0 ? there : kinds).Max(k => k.CountsUntil);
                var freshness =
                    there.Count > 0
                        ? until < today.AddDays(DaysBefore) && passing == 0
                            ? Freshness.Expiring
                            : Freshness.Current
                        : kinds.Any(k => k.State == KindState.Stale)
                            ? Freshness.Stale
                            : Freshness.Missing;
                var hint = kinds
                    .Where(k => k.State != KindState.There)
                    .OrderByDescending(k => k.State == KindState.Stale)
                    .FirstOrDefault()
                    ?.What;
                return (
                    c,
                    new ControlEvidence(
                        c.Code,
                        c.Title,
                        freshness,
                        freshness == Freshness.Missing ? null : until,
                        there.Sum(k => k.Pieces),
                        watched,
                        watched - passing,
                        documents.GetValueOrDefault(c.Code),
                        hint
                    )
                );
            }),
        ];
    }
}
