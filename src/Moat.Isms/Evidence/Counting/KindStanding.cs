using System.Globalization;
using Moat.Isms.Evidence.Grades;

namespace Moat.Isms.Evidence.Counting;

/// <summary>Where one kind of evidence that a control names stands.</summary>
public enum KindState
{
    /// <summary>There never was any.</summary>
    Missing,

    /// <summary>There was some, and it is older than its cadence allows.</summary>
    Stale,

    /// <summary>It counts today.</summary>
    There,
}

/// <summary>One kind of evidence that a control's content names, and how it stands today.</summary>
/// <param name="Position">Its place in the list of the control, from 1.</param>
/// <param name="Kind">fact, file, record, access-review or attestation.</param>
/// <param name="What">What it is.</param>
/// <param name="CadenceDays">How old it may be, in days.</param>
/// <param name="State">There, stale or missing.</param>
/// <param name="Grade">The best grade of what counts today.</param>
/// <param name="CountsUntil">The last day on which what there is counts, or counted where it is stale.</param>
/// <param name="Since">The first day of the stretch that was observed without a gap.</param>
/// <param name="RequiredDays">How long that stretch must be: 90 days or two cadences, whichever is longer.</param>
/// <param name="Pieces">Observations that count today.</param>
/// <param name="Newest">The newest observation, whether it counts or not.</param>
/// <param name="Note">What a reader should know about it, such as a piece that claims many controls.</param>
public sealed record KindStanding(
    int Position,
    string Kind,
    string What,
    int CadenceDays,
    KindState State,
    EvidenceGrade? Grade,
    DateOnly? CountsUntil,
    DateOnly? Since,
    int RequiredDays,
    int Pieces,
    Observation? Newest,
    string? Note
)
{
    /// <summary>How many days the stretch is long on that day.</summary>
    public int ObservedDays(DateOnly today) =>
        State == KindState.There && Since is { } since ? today.DayNumber - since.DayNumber : 0;

    /// <summary>Whether it was observed long enough on that day.</summary>
    public bool OverTime(DateOnly today) => State == KindState.There && ObservedDays(today) >= RequiredDays;

    /// <summary>The day on which it will have been observed long enough if nothing fails.</summary>
    public DateOnly? HoldsOn => State == KindState.There ? Since?.AddDays(RequiredDays) : null;

    /// <summary>Where it stands, in words.</summary>
    public string Words(DateOnly today) =>
        State switch
        {
            KindState.Missing => Note is null ? "missing" : $"missing: {Note}",
            KindState.Stale => string.Create(
                CultureInfo.InvariantCulture,
                $"stale: {Newest?.Ref} counted until {CountsUntil:yyyy-MM-dd}"
            ),
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"there until {CountsUntil:yyyy-MM-dd}, observed for {ObservedDays(today)} of {RequiredDays} days"
            ),
        };
}
