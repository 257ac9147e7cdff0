using Moat.Isms.Evidence.Grades;
using Moat.Knowledge;

namespace Moat.Isms.Evidence.Counting;

/// <summary>
/// Counts observations for one kind of evidence: whether one is recent enough today, and since when there was one
/// without a gap. A pure function of observations and the day. Times of upload never lengthen a stretch: they only tell
/// sittings apart.
/// </summary>
public static class KindCounting
{
    private const int ShortestDays = 90;
    private const int SpareDays = 14;
    private static readonly TimeSpan OneSitting = TimeSpan.FromHours(12);

    /// <summary>How long a kind with this cadence must have been observed to be called operating.</summary>
    public static int RequiredDays(int cadenceDays) => Math.Max(ShortestDays, 2 * cadenceDays);

    /// <summary>How a kind stands on a day.</summary>
    public static KindStanding Of(
        int position,
        EvidenceHint hint,
        IReadOnlyList<Observation> observations,
        WatchedStretch? watched,
        DateOnly today
    )
    {
        var cadence = hint.MaxAgeDays;
        var evidence = observations.Where(o => o.IsEvidence).ToList();
        var counting = evidence.Where(o => CountsUntil(o, cadence) >= today).ToList();
        var newest = (evidence.Count > 0 ? evidence : observations).MaxBy(o => o.On);
        var passes = watched is { Passing: > 0 };
        var state =
            counting.Count > 0 || passes ? KindState.There
            : evidence.Count > 0 ? KindState.Stale
            : KindState.Missing;
        var since =
            state == KindState.There
                ? Earliest(counting.Count > 0 ? Since(evidence, cadence, today) : null, passes ? watched!.Since : null)
                : null;
        DateOnly? until =
            state == KindState.Missing ? null
            : state == KindState.Stale ? evidence.Max(o => CountsUntil(o, cadence))
            : passes
                ? Latest(
                    today.AddDays(cadence),
                    counting.Count == 0 ? null : counting.Max(o => CountsUntil(o, cadence))
                )
            : counting.Max(o => CountsUntil(o, cadence));
        EvidenceGrade? grade =
            passes ? EvidenceGrade.Collected
            : counting.Count > 0 ? counting.Max(o => o.Grade)
            : null;
        return new KindStanding(
            position,
            hint.Kind,
            hint.What,
            cadence,
            state,
            grade,
            until,
            since,
            RequiredDays(cadence),
            counting.Count + (passes ? watched!.Passing : 0),
            newest,
            NoteOn(state, observations, counting)
        );
    }

    /// <summary>The last day on which an observation counts: the smaller of what was asked and the cadence.</summary>
    public static DateOnly CountsUntil(Observation observation, int cadenceDays)
    {
        var byCadence = observation.On.AddDays(cadenceDays);
        return observation.Until is { } asked && asked < byCadence ? asked : byCadence;
    }

    /// <summary>
    /// The first day of the stretch that reaches today: back from the newest point until the gap is longer than one
    /// cadence and a half.
    /// </summary>
    private static DateOnly? Since(IReadOnlyList<Observation> evidence, int cadence, DateOnly today)
    {
        var longest = Math.Max(cadence * 3 / 2, cadence + SpareDays);
        var since = today;
        foreach (var point in Points(evidence).OrderDescending())
        {
            if (since.DayNumber - point.DayNumber > longest)
                break;
            since = point;
        }
        return since;
    }

    /// <summary>One day for each sitting: the last that anything in it observes.</summary>
    private static IEnumerable<DateOnly> Points(IReadOnlyList<Observation> evidence)
    {
        DateTime? began = null;
        DateOnly point = default;
        foreach (var observation in evidence.OrderBy(o => o.EnteredAt))
        {
            if (began is null || observation.EnteredAt - began > OneSitting)
            {
                if (began is not null)
                    yield return point;
                (began, point) = (observation.EnteredAt, observation.On);
            }
            if (observation.On > point)
                point = observation.On;
        }
        if (began is not null)
            yield return point;
    }

    private static string? NoteOn(KindState state, IReadOnlyList<Observation> observations, List<Observation> counting)
    {
        if (state == KindState.Missing && observations.MaxBy(o => o.On) is { } hollow)
            return hollow.Lacking is { } lacking ? $"{hollow.Ref} {lacking}" : $"{hollow.Ref} is only a note or link";
        return counting.MaxBy(o => o.Claims) is { Claims: > EvidenceGrading.ManyControls } wide
            ? $"{wide.Ref} claims to show {wide.Claims} controls at once"
            : null;
    }

    private static DateOnly? Earliest(DateOnly? one, DateOnly? other) =>
        one is null || other < one ? other ?? one : one;

    private static DateOnly Latest(DateOnly one, DateOnly? other) => other > one ? other.Value : one;
}
