using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;
using Moat.Isms.Processes.Flow;
using Moat.Isms.Processes.Threads;
using Moat.Knowledge;

namespace Moat.Isms.Processes;

/// <summary>The processes of the ISMS and their interactions, drawn from what really flowed (clause 4.4).</summary>
[Process("processes", "The processes of the ISMS and what really flows between them (4.4).")]
public sealed class ProcessRegister(
    MoatDb db,
    KnowledgeBase knowledge,
    ProcessMap map,
    RecordFinder records,
    HandTied hand
)
{
    private const int LastOfEach = 5,
        MostShown = 30;

    /// <summary>The processes.</summary>
    [Query("list", Permission.ReadIsms, "List the processes with owner, last activity, what is due, and readiness")]
    public async Task<IReadOnlyList<ProcessNode>> List(ChoosePeriod input, CancellationToken ct) =>
        (await map.Of(input.From, input.To, ct)).Nodes;

    /// <summary>The map.</summary>
    [Query(
        "map",
        Permission.ReadIsms,
        "Read the process map: what flowed between processes in a period, what is quiet, and what is broken"
    )]
    public Task<ProcessMapView> Map(ChoosePeriod input, CancellationToken ct) => map.Of(input.From, input.To, ct);

    /// <summary>A process.</summary>
    [Query(
        "get",
        Permission.ReadIsms,
        "Read a process: inputs, outputs, measures, what flows in and out, and the last records that did"
    )]
    public async Task<ProcessView> Get(OneProcess input, CancellationToken ct)
    {
        var entry = knowledge.Processes.FirstOrDefault(p => p.Id == input.Ref) ?? throw new NotFound(input.Ref);
        var whole = await map.Of(input.From, input.To, ct);
        var (into, from) = (
            whole.Interactions.Where(i => i.To == entry.Id).ToList(),
            whole.Interactions.Where(i => i.From == entry.Id).ToList()
        );
        return new ProcessView(
            whole.Nodes.First(n => n.Id == entry.Id),
            whole.From,
            whole.To,
            entry.Cadence,
            entry.Inputs,
            entry.Outputs,
            entry.Measures,
            entry.Body,
            into,
            from,
            [.. whole.Breaks.Where(b => b.From == entry.Id || b.To == entry.Id)],
            await Last([.. into, .. from], whole, ct)
        );
    }

    private async Task<IReadOnlyList<FlowedRecord>> Last(
        IReadOnlyList<InteractionView> interactions,
        ProcessMapView whole,
        CancellationToken ct
    )
    {
        var start = whole.From.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        var end = new FlowDay(whole.To).End;
        var found = new List<FlowedRecord>();
        foreach (
            var proof in interactions.SelectMany(i => i.Proofs).Where(p => p.Count > 0).Select(p => p.Proof).Distinct()
        )
        {
            var flowed =
                FieldProof.All.TryGetValue(proof, out var field) ? await LastFields(field, start, end, ct)
                : proof.Split(' ') is [var from, var type, var to] ? await LastLinks(from, type, to, start, end, ct)
                : await LastRuns(proof["journal:".Length..], start, end, ct);
            found.AddRange(
                from interaction in interactions
                where interaction.Proofs.Any(p => p.Proof == proof)
                from record in flowed
                select record with
                {
                    From = interaction.From,
                    To = interaction.To,
                }
            );
        }
        return [.. found.OrderByDescending(f => f.At).Take(MostShown)];
    }

    private async Task<List<FlowedRecord>> LastFields(
        FieldProof field,
        DateTime start,
        DateTime end,
        CancellationToken ct
    ) =>
        [
            .. (
                await field
                    .Query(db)
                    .Where(f => f.At >= start && f.At < end)
                    .OrderByDescending(f => f.At)
                    .Take(LastOfEach)
                    .ToListAsync(ct)
            ).Select(f => new FlowedRecord("", "", f.At, f.By, field.Proof.Split(' ')[1], f.Refs.Split(' '))),
        ];

    private async Task<List<FlowedRecord>> LastLinks(
        string fromKind,
        string type,
        string toKind,
        DateTime start,
        DateTime end,
        CancellationToken ct
    )
    {
        var tied = (await hand.Ids(ct)).ToList();
        var links = await db
            .Links.Where(l =>
                !tied.Contains(l.Id)
                && l.Type == type
                && l.FromKind == fromKind
                && l.ToKind == toKind
                && l.CreatedAt >= start
                && l.CreatedAt < end
            )
            .OrderByDescending(l => l.CreatedAt)
            .Take(LastOfEach)
            .ToListAsync(ct);
        var ends = await records.ByKindAndId(
            links.SelectMany(l => new[] { (l.FromKind, l.FromId), (l.ToKind, l.ToId) }),
            ct
        );
        return
        [
            .. from link in links
            let both = new[] { ends.GetValueOrDefault(link.FromId), ends.GetValueOrDefault(link.ToId) }
            where both.All(r => r is not null)
            select new FlowedRecord("", "", link.CreatedAt, link.ChangedBy, type, [.. both.Select(r => r!.Ref)]),
        ];
    }

    private async Task<List<FlowedRecord>> LastRuns(
        string operation,
        DateTime start,
        DateTime end,
        CancellationToken ct
    )
    {
        var runs = await db
            .Journal.Where(e => e.Operation == operation && e.At >= start && e.At < end)
            .OrderByDescending(e => e.At)
            .Take(LastOfEach)
            .Select(e => new
            {
                e.At,
                e.Actor,
                e.Subjects,
            })
            .ToListAsync(ct);
        return
        [
            .. runs.Select(r => new FlowedRecord(
                "",
                "",
                r.At,
                r.Actor,
                operation,
                [.. r.Subjects.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(3)]
            )),
        ];
    }
}
