using Moat.Isms.Kernel;

namespace Moat.Isms.Processes.Threads;

/// <summary>
/// Which end of a link came first. A thread follows only what one thing has to do with another coming to be.
/// </summary>
public enum LinkTurn
{
    /// <summary>It starts at the later record: a lesson is the lesson of an incident.</summary>
    FromLater,

    /// <summary>It starts at the earlier record: an action updates a document.</summary>
    FromEarlier,

    /// <summary>It says what a record touches. A thread may begin there, and never goes through it.</summary>
    Touches,

    /// <summary>It says how things are built, which no thread follows.</summary>
    Structure,
}

/// <summary>What a link says, read from either end, and which end came first.</summary>
public static class LinkWords
{
    private static readonly Dictionary<string, (LinkTurn Turn, string Says, string SaysBack)> Words = new()
    {
        [LinkTypes.TrainedOn] = (LinkTurn.Structure, "trained on", "training data of"),
        [LinkTypes.StoredIn] = (LinkTurn.Structure, "stored in", "keeps"),
        [LinkTypes.BuiltBy] = (LinkTurn.Structure, "built by", "builds"),
        [LinkTypes.DeployedTo] = (LinkTurn.Structure, "deployed to", "serves"),
        [LinkTypes.SuppliedBy] = (LinkTurn.Structure, "supplied by", "supplies"),
        [LinkTypes.DependsOn] = (LinkTurn.Structure, "depends on", "needed by"),
        [LinkTypes.Threatens] = (LinkTurn.Touches, "threatens", "threatened by"),
        [LinkTypes.Affects] = (LinkTurn.Touches, "affects", "affected by"),
        [LinkTypes.Examines] = (LinkTurn.Touches, "examines", "examined by"),
        [LinkTypes.Names] = (LinkTurn.Touches, "names", "named in"),
        [LinkTypes.Supports] = (LinkTurn.Touches, "supports", "supported by"),
        [LinkTypes.VersionOf] = (LinkTurn.Touches, "version of", "has the version"),
        [LinkTypes.MadeFrom] = (LinkTurn.FromLater, "made from", "went into"),
        [LinkTypes.Treats] = (LinkTurn.FromLater, "treats", "treated by"),
        [LinkTypes.Serves] = (LinkTurn.FromLater, "serves", "served by"),
        [LinkTypes.Evidences] = (LinkTurn.FromLater, "shows", "shown by"),
        [LinkTypes.CausedBy] = (LinkTurn.FromLater, "caused by", "caused"),
        [LinkTypes.LearnedFrom] = (LinkTurn.FromLater, "learned from", "taught"),
        [LinkTypes.LessonOf] = (LinkTurn.FromLater, "lesson of", "taught the lesson"),
        [LinkTypes.Corrects] = (LinkTurn.FromLater, "corrects", "corrected by"),
        [LinkTypes.RespondsTo] = (LinkTurn.FromLater, "responds to", "answered by"),
        [LinkTypes.FoundIn] = (LinkTurn.FromLater, "found in", "found"),
        [LinkTypes.DecidedIn] = (LinkTurn.FromLater, "decided in", "decided"),
        [LinkTypes.Verifies] = (LinkTurn.FromLater, "verifies", "verified by"),
        [LinkTypes.ShownBy] = (LinkTurn.FromEarlier, "is seen at", "shows the effect of"),
        [LinkTypes.Updates] = (LinkTurn.FromEarlier, "updates", "updated by"),
    };

    /// <summary>Which end came first.</summary>
    public static LinkTurn Turn(string type) =>
        Words.TryGetValue(type, out var known) ? known.Turn : LinkTurn.Structure;

    /// <summary>What it says, read from its start or from its end.</summary>
    public static string Says(string type, bool outgoing) =>
        Words.TryGetValue(type, out var known)
            ? outgoing
                ? known.Says
                : known.SaysBack
            : type.Replace('-', ' ');

    /// <summary>The meanings of a turn.</summary>
    public static IReadOnlyList<string> Of(LinkTurn turn) =>
        [.. Words.Where(w => w.Value.Turn == turn).Select(w => w.Key)];
}
