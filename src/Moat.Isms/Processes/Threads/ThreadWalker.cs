using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Improvement;
using Moat.Isms.Kernel;
using Moat.Isms.Risks;

namespace Moat.Isms.Processes.Threads;

/// <summary>
/// Walks from a record to everything it came from and everything that came of it. A step counts only in the order of
/// time: what was there before an incident did not come of it. A record is told once, so circles end.
/// </summary>
public sealed class ThreadWalker(
    MoatDb db,
    RecordFinder finder,
    ThreadStrides strides,
    EffectChecks effects,
    HandTied hand
)
{
    /// <summary>How many records a thread names.</summary>
    public const int MostRecords = 200;

    /// <summary>How many steps a walk takes either way.</summary>
    public const int MostSteps = 12;

    // Of one kind of step from one record, so that ninety acknowledgements do not hide the incident.
    private const int MostOfAStep = 40;

    private readonly Dictionary<Guid, Reached> _reached = [];
    private readonly List<ThreadStride> _taken = [];
    private bool _more;

    /// <summary>The thread of a record.</summary>
    public async Task<ThreadWalk> From(Referenced start, CancellationToken ct)
    {
        _reached.Clear();
        _taken.Clear();
        _more = false;
        var origin = new Reached(start, 0, start.CreatedAt, null);
        _reached[start.Id] = origin;
        await Go(origin with { Until = DateTime.MaxValue }, -1, ct);
        await Go(origin, 1, ct);
        return await Tell(start, ct);
    }

    private async Task Go(Reached origin, int way, CancellationToken ct)
    {
        List<Reached> frontier = [origin];
        for (var step = 1; step <= MostSteps && frontier.Count > 0; step++)
        {
            var known = frontier.ToDictionary(r => r.Record.Id);
            var keys = frontier.Select(r => (RecordKind.Of(r.Record.GetType()).Prefix, r.Record.Id)).ToList();
            var found = way < 0 ? await strides.Before(keys, ct) : await strides.After(keys, ct);
            if (step == 1)
                found.AddRange(await strides.Touching(origin.Record.Id, outgoing: way < 0, ct));
            if (found.Count >= ThreadStrides.MostOfARound)
                _more = true;
            frontier = await Arrive(Fitting(found, known, way), known, way, step, ct);
        }
        if (frontier.Count > 0)
            _more = true;
    }

    // Later things must have been connected after the cause came to be; the walk upstream looks at the cause itself,
    // once it is read.
    private List<ThreadStride> Fitting(List<ThreadStride> found, Dictionary<Guid, Reached> known, int way)
    {
        var fitting = found
            .DistinctBy(s => (s.Earlier.Id, s.Later.Id))
            .Where(s => way < 0 || s.At >= known[s.Earlier.Id].Until)
            .GroupBy(s => (way < 0 ? s.Later.Id : s.Earlier.Id, s.Says))
            .ToList();
        if (fitting.Any(g => g.Count() > MostOfAStep))
            _more = true;
        return [.. fitting.SelectMany(g => g.Take(MostOfAStep))];
    }

    private async Task<List<Reached>> Arrive(
        List<ThreadStride> fitting,
        Dictionary<Guid, Reached> known,
        int way,
        int step,
        CancellationToken ct
    )
    {
        var records = await finder.ByKindAndId(fitting.Select(s => way < 0 ? s.Earlier : s.Later), ct);
        var arrived = new Dictionary<Guid, Reached>();
        foreach (var stride in fitting)
        {
            var from = known[way < 0 ? stride.Later.Id : stride.Earlier.Id];
            if (!records.TryGetValue(way < 0 ? stride.Earlier.Id : stride.Later.Id, out var record))
                continue;
            if (
                way < 0
                && (
                    record.CreatedAt > from.Until
                    || (IsLasting(from.Record) && !stride.ToldAfterwards && stride.At > from.Until)
                )
            )
                continue;
            if (!_reached.ContainsKey(record.Id))
            {
                if (_reached.Count >= MostRecords)
                {
                    _more = true;
                    continue;
                }
                var until =
                    way < 0 ? Earlier(from.Until, stride.At)
                    : !IsLasting(record) ? Later(from.Until, record.CreatedAt)
                    : stride.ToldAfterwards ? from.Until
                    : Later(from.Until, stride.At);
                _reached[record.Id] = arrived[record.Id] = new Reached(record, way * step, until, stride);
            }
            _taken.Add(stride);
        }
        return [.. arrived.Values];
    }

    private async Task<ThreadWalk> Tell(Referenced start, CancellationToken ct)
    {
        var moments = _reached.Values.Select(r => r.Record.CreatedAt).Distinct().ToList();
        var entries = (
            await db
                .Journal.Where(e => moments.Contains(e.At))
                .Select(e => new Entered(e.At, e.Actor, e.Operation, e.Reason))
                .ToListAsync(ct)
        ).ToLookup(e => e.At);
        var tied = await hand.Ids(ct);
        var shown = (await effects.Among(_reached.Keys, ct)).ToLookup(e => e.ResourceId, e => e.Words);
        var steps = _reached
            .Values.Select(r => Step(r, entries[r.Record.CreatedAt].FirstOrDefault(), shown, tied))
            .OrderBy(s => s.At)
            .ThenBy(s => s.Distance)
            .ThenBy(s => s.Ref, StringComparer.Ordinal)
            .ToList();
        return new ThreadWalk(
            start.Ref,
            start.Caption,
            steps,
            Edges(),
            [.. steps.Select(s => s.Process).Distinct()],
            _more
        );
    }

    private ThreadStep Step(Reached reached, Entered? entered, ILookup<Guid, string> shown, IReadOnlySet<Guid> tied)
    {
        var (record, through) = (reached.Record, reached.Through);
        // A record that was there before is told at the moment it was drawn in.
        var drawnIn = reached.Distance > 0 && through!.By is not null && through.At > record.CreatedAt;
        return new ThreadStep(
            record.Ref,
            RecordKind.Of(record.GetType()).Process,
            record.Caption,
            reached.Distance,
            drawnIn ? through!.At : record.CreatedAt,
            drawnIn ? through!.By! : entered?.Actor ?? record.ChangedBy,
            drawnIn ? null : entered?.Operation,
            drawnIn ? null : entered?.Reason,
            through?.Says ?? "",
            through is null ? "" : _reached[reached.Distance < 0 ? through.Later.Id : through.Earlier.Id].Record.Ref,
            shown[record.Id].Any() ? string.Join(" ", shown[record.Id].Distinct()) : AssessedSince(record, reached),
            through is { Link: { } link } && tied.Contains(link) ? through.By : null
        );
    }

    private List<ThreadEdge> Edges() =>
        [
            .. _taken
                .DistinctBy(s => (s.Earlier.Id, s.Later.Id))
                .Select(s => new ThreadEdge(
                    _reached[s.Earlier.Id].Record.Ref,
                    _reached[s.Later.Id].Record.Ref,
                    s.Says,
                    s.At
                )),
        ];

    private static string? AssessedSince(Referenced record, Reached reached) =>
        reached.Distance > 0 && record is Risk { AssessedAt: { } at } risk && at >= reached.Through!.At
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Assessed again on {at:d MMM yyyy}; it stands at {risk.CurrentScore}."
            )
            : null;

    // A risk, a control or a document stays while it changes: it has to do with a cause only since they were connected.
    // An incident or a lesson came to be because of its cause, whenever somebody said so.
    private static bool IsLasting(Referenced record) => record is Proposable;

    private static DateTime Earlier(DateTime a, DateTime b) => a < b ? a : b;

    private static DateTime Later(DateTime a, DateTime b) => a > b ? a : b;

    /// <summary>The entry of the journal by which a record came to be.</summary>
    private sealed record Entered(DateTime At, string Actor, string Operation, string? Reason);

    /// <param name="Record">The record.</param>
    /// <param name="Distance">Steps from the beginning.</param>
    /// <param name="Until">Upstream: what came first was there by then. Downstream: what came of it was connected since
    /// then.</param>
    /// <param name="Through">The step that led here.</param>
    private sealed record Reached(Referenced Record, int Distance, DateTime Until, ThreadStride? Through);
}
