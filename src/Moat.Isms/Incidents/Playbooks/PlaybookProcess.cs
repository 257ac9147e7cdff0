using Microsoft.EntityFrameworkCore;
using Moat.Isms.Context;
using Moat.Isms.Kernel;
using Moat.Knowledge;
using Moat.Knowledge.Playbooks;

namespace Moat.Isms.Incidents.Playbooks;

/// <summary>Names a playbook.</summary>
public sealed record OnePlaybook
{
    /// <summary>Its id, such as weight-theft.</summary>
    [System.ComponentModel.DataAnnotations.MaxLength(80)]
    public required string Playbook { get; init; }
}

/// <summary>A playbook in the list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">What it answers.</param>
/// <param name="Applies">Whether the company is such that it can happen.</param>
/// <param name="Signs">What makes somebody start it.</param>
/// <param name="Steps">How many steps it has.</param>
/// <param name="LastRun">When it last ran for an incident.</param>
/// <param name="LastExercise">When it was last exercised.</param>
public sealed record PlaybookRow(
    string Id,
    string Title,
    bool Applies,
    IReadOnlyList<string> Signs,
    int Steps,
    DateTime? LastRun,
    DateTime? LastExercise
);

/// <summary>A playbook with its runs.</summary>
public sealed record PlaybookView(
    PlaybookRow Row,
    string Background,
    PlaybookContent Content,
    IReadOnlyList<PlaybookRunRow> Runs
);

/// <summary>What a playbook says.</summary>
public sealed record PlaybookContent(
    IReadOnlyList<string> Threats,
    IReadOnlyList<string> Controls,
    IReadOnlyList<string> Duties,
    IReadOnlyList<PreserveHint> Preserve,
    IReadOnlyList<ContainmentOption> Containment,
    IReadOnlyList<PlaybookStep> Steps,
    ExerciseHint Exercise
);

/// <summary>Playbooks: how kinds of incidents are answered.</summary>
[Process("playbooks", "How kinds of incidents are answered, step by step (A.5.24, A.5.26).")]
public sealed class PlaybookProcess(MoatDb db, KnowledgeBase knowledge)
{
    /// <summary>The playbooks, those that can happen here first.</summary>
    [Query("list", Permission.ReadIsms, "List playbooks and when each last ran or was exercised")]
    public async Task<IReadOnlyList<PlaybookRow>> List(Nothing input, CancellationToken ct)
    {
        var (flags, runs) = (await Flags(ct), await Last(ct));
        return
        [
            .. knowledge
                .Playbooks.Select(p => Row(p, flags, runs))
                .OrderByDescending(p => p.Applies)
                .ThenBy(p => p.Title, StringComparer.Ordinal),
        ];
    }

    /// <summary>A playbook.</summary>
    [Query("read", Permission.ReadIsms, "Read a playbook")]
    public async Task<PlaybookView> Read(OnePlaybook input, CancellationToken ct)
    {
        var entry = knowledge.PlaybookById.GetValueOrDefault(input.Playbook) ?? throw new NotFound(input.Playbook);
        return new PlaybookView(
            Row(entry, await Flags(ct), await Last(ct)),
            entry.Body,
            new PlaybookContent(
                entry.Threats,
                entry.Controls,
                entry.Duties,
                entry.Preserve,
                entry.Containment,
                entry.Steps,
                entry.Exercise
            ),
            await db.RunRows(db.Set<PlaybookRun>().Where(r => r.PlaybookId == entry.Id), ct)
        );
    }

    private static PlaybookRow Row(
        PlaybookEntry entry,
        HashSet<string> flags,
        ILookup<(string, bool), DateTime> runs
    ) =>
        new(
            entry.Id,
            entry.Title,
            entry.Applies.Holds(flags),
            entry.Signs,
            entry.Steps.Count,
            LastOf(runs[(entry.Id, false)]),
            LastOf(runs[(entry.Id, true)])
        );

    private static DateTime? LastOf(IEnumerable<DateTime> moments) => moments.Select(m => (DateTime?)m).Max();

    private async Task<HashSet<string>> Flags(CancellationToken ct) =>
        (await db.Set<CompanyProfile>().FirstOrDefaultAsync(ct))?.Facts.ToHashSet() ?? [];

    private async Task<ILookup<(string, bool), DateTime>> Last(CancellationToken ct) =>
        (
            await db.Set<PlaybookRun>()
                .Where(r => !r.Exercise || r.EndedAt == null || r.MinutesId != null)
                .GroupBy(r => new { r.PlaybookId, r.Exercise })
                .Select(g => new
                {
                    g.Key.PlaybookId,
                    g.Key.Exercise,
                    At = g.Max(r => r.StartedAt),
                })
                .ToListAsync(ct)
        ).ToLookup(r => (r.PlaybookId, r.Exercise), r => r.At);
}
