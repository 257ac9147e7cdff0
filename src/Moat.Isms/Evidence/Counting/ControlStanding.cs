using System.Globalization;
using Moat.Isms.Kernel;

namespace Moat.Isms.Evidence.Counting;

/// <summary>What can be said of a control that somebody calls implemented.</summary>
public enum ControlState
{
    /// <summary>Nobody says that it is in place.</summary>
    NotClaimed,

    /// <summary>Somebody says so, and nothing that counts shows it.</summary>
    Claimed,

    /// <summary>Evidence that counts today shows it.</summary>
    Shown,

    /// <summary>Evidence has shown it without a gap for as long as its kind asks.</summary>
    ShownOverTime,
}

/// <summary>A control held against the kinds of evidence that it names.</summary>
/// <param name="Code">Its code.</param>
/// <param name="State">Claimed, shown or shown over time.</param>
/// <param name="Because">One sentence that says why.</param>
/// <param name="Next">The next step; null when it is shown over time.</param>
/// <param name="Kinds">The kinds of evidence that it names, each with where it stands.</param>
/// <param name="HoldsOn">The day on which it will be shown over time if nothing fails.</param>
/// <param name="ClaimedSince">Since when it is called implemented.</param>
public sealed record ControlStanding(
    string Code,
    ControlState State,
    string Because,
    string? Next,
    IReadOnlyList<KindStanding> Kinds,
    DateOnly? HoldsOn,
    DateOnly? ClaimedSince
)
{
    /// <summary>Whether evidence counts today.</summary>
    public bool HasEvidence => Kinds.Any(k => k.State == KindState.There);
}

/// <summary>
/// What a process knows against a control, whatever evidence there is, such as a notice that is overdue.
/// </summary>
[HandedIn]
public interface IControlDoubts
{
    /// <summary>Control code and what is against it, one each.</summary>
    Task<IReadOnlyDictionary<string, string>> Read(CancellationToken ct);
}

/// <summary>Words the state of a control from what stands for and against it.</summary>
internal static class ControlWording
{
    /// <summary>Puts the parts together.</summary>
    public static ControlStanding Of(
        string code,
        bool isImplemented,
        bool byPerson,
        DateOnly? since,
        IReadOnlyList<KindStanding> kinds,
        string? doubt,
        DateOnly today
    )
    {
        var there = kinds.Where(k => k.State == KindState.There).ToList();
        var best = there.OrderByDescending(k => k.OverTime(today)).ThenBy(k => k.HoldsOn).FirstOrDefault();
        ControlStanding Make(ControlState state, string because, string? next) =>
            new(
                code,
                state,
                because,
                next,
                kinds,
                state is ControlState.Shown && doubt is null ? best?.HoldsOn : null,
                isImplemented ? since : null
            );
        if (!isImplemented)
            return Make(ControlState.NotClaimed, "Nobody says that it is in place", "Put it in place and say so");
        if (!byPerson)
            return Make(
                ControlState.Claimed,
                "A program called it implemented; nobody who is signed in answered for it",
                "Look at it and say yourself that it is in place"
            );
        if (best is null)
            return Make(ControlState.Claimed, Claimed(kinds), Wanted(kinds));
        if (doubt is not null)
            return Make(
                ControlState.Shown,
                $"{Grade(best)} shows it today, but {doubt}",
                "Clear what speaks against it"
            );
        return best.OverTime(today)
            ? Make(
                ControlState.ShownOverTime,
                $"{Grade(best)} has shown it for {best.ObservedDays(today)} days: {best.What}",
                null
            )
            : Make(ControlState.Shown, Young(best, today), "Keep it up: what counts is that it goes on");
    }

    private static string Claimed(IReadOnlyList<KindStanding> kinds) =>
        kinds.OrderByDescending(k => k.State).FirstOrDefault(k => k.Newest is not null) is { } weak
            ? $"Claimed, not shown: {(weak.State == KindState.Stale ? $"{weak.Newest!.Ref} is too old" : weak.Note ?? weak.Newest!.Ref)}"
            : "Claimed, not shown: there is no evidence of a kind that it names";

    private static string Wanted(IReadOnlyList<KindStanding> kinds) =>
        kinds.OrderByDescending(k => k.State == KindState.Stale).ThenBy(k => k.RequiredDays).FirstOrDefault()
            is { } wanted
            ? $"{(wanted.State == KindState.Stale ? "Renew" : "Add")} evidence: {wanted.What}"
            : "Add evidence that shows it at work";

    private static string Young(KindStanding kind, DateOnly today) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Operating for {kind.ObservedDays(today)} of {kind.RequiredDays} days; it holds on {kind.HoldsOn:yyyy-MM-dd} if nothing fails ({kind.What})"
        );

    private static string Grade(KindStanding kind) =>
        kind.Grade switch
        {
            Grades.EvidenceGrade.Collected => "Collected evidence",
            Grades.EvidenceGrade.Attestation => "A confirmed statement",
            _ => "A file or record",
        };
}
