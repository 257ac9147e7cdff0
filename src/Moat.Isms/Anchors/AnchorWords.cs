using System.Globalization;

namespace Moat.Isms.Anchors;

/// <summary>Says in plain sentences how long history could still be rewritten unseen.</summary>
internal static class AnchorWords
{
    private const string Story =
        "This is an example, and its past is a story that was told in one go: its entries carry days on which nobody entered anything.";

    private const string Naming =
        "The operator names a place with moat serve --anchor-folder, --anchor-git, --anchor-s3 or --witness.";

    private static readonly TimeSpan Patience = TimeSpan.FromHours(26);

    /// <summary>
    /// The place that holds the most. A time-stamp is left out: who rewrites history has the new one stamped as well.
    /// </summary>
    public static AnchorPlaceRow? Held(IReadOnlyList<AnchorPlaceRow> places) =>
        places
            .Where(p => p is { Kind: not AnchorKind.TimeStamp, HeldSize: > 0 })
            .OrderByDescending(p => p.HeldSize)
            .ThenBy(p => p.HeldAt)
            .FirstOrDefault();

    /// <summary>The status.</summary>
    public static AnchorStatus Of(
        long entries,
        long ownNotes,
        IReadOnlyList<AnchorPlaceRow> places,
        DateTime now,
        bool isStory
    )
    {
        var held = Held(places);
        var says = new List<string>();
        if (isStory)
            says.Add(Story);
        if (held is null)
            says.Add(Nobody(places));
        else
            says.AddRange(Somebody(held, entries - held.HeldSize, ownNotes, places));
        foreach (var place in places.Where(p => p.Contradiction is not null))
            says.Add($"{place.Place} contradicts this journal: {place.Contradiction}");
        return new AnchorStatus(
            Standing(held, places, now),
            says,
            entries,
            held?.HeldSize ?? 0,
            held?.HeldAt,
            places,
            isStory
        );
    }

    private static string Nobody(IReadOnlyList<AnchorPlaceRow> places) =>
        places.Count(p => p.Named) switch
        {
            0 =>
                "No place outside holds a checkpoint of this journal: whoever runs this server could still rewrite all of it. "
                    + Naming,
            _ when places.All(p => p.Kind == AnchorKind.TimeStamp || !p.Named) =>
                "Checkpoints are time-stamped, which proves their age to whoever has a copy. No place outside holds one: "
                    + "whoever runs this server could still rewrite all of the journal and have that stamped. "
                    + Naming,
            _ =>
                "No place outside has confirmed a checkpoint of this journal yet: whoever runs this server could still rewrite all of it.",
        };

    private static IEnumerable<string> Somebody(
        AnchorPlaceRow held,
        long behind,
        long ownNotes,
        IReadOnlyList<AnchorPlaceRow> places
    )
    {
        var same = places
            .Where(p => p.Kind != AnchorKind.TimeStamp && p.HeldSize == held.HeldSize)
            .Select(p => p.Place)
            .ToList();
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"Since {held.HeldAt:d MMMM yyyy HH:mm} UTC nothing up to entry {held.HeldSize - 1} can be changed unseen "
        ) + $"by anyone who cannot also change {And(same)}.";
        yield return behind switch
        {
            <= 0 => "Nothing was entered since.",
            1 =>
                $"The one entry since then{Own(behind, ownNotes)} could still be rewritten by whoever runs this server.",
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"The {behind} entries since then{Own(behind, ownNotes)} could still be rewritten by whoever runs this server."
            ),
        };
    }

    /// <summary>Which of the entries only tell of sending: nothing to worry about, and still entries.</summary>
    private static string Own(long behind, long notes) =>
        notes switch
        {
            0 => "",
            1 => behind == 1 ? ", Moat's own note of the anchor," : ", among them Moat's own note of an anchor,",
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $", {(notes == behind ? "all of them" : $"{notes} of them")} Moat's own notes of anchors,"
            ),
        };

    private static string And(List<string> places) =>
        places.Count == 1 ? places[0] : $"{string.Join(", ", places[..^1])} and {places[^1]}";

    private static AnchorStanding Standing(AnchorPlaceRow? held, IReadOnlyList<AnchorPlaceRow> places, DateTime now)
    {
        if (places.Any(p => p.Contradiction is not null))
            return AnchorStanding.Contradicted;
        if (held is null)
            return AnchorStanding.Nowhere;
        return places.Any(p => p.Named && p.WaitingSince is { } since && now - since > Patience)
            ? AnchorStanding.Late
            : AnchorStanding.Held;
    }
}
