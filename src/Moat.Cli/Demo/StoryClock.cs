namespace Moat.Cli.Demo;

/// <summary>A clock that a story moves, until it is let go and shows the real time.</summary>
internal sealed class StoryClock(DateTimeOffset begin) : TimeProvider
{
    private DateTimeOffset? _now = begin;

    /// <summary>Moves on to a time of the story; never back, because a journal does not run backwards.</summary>
    public void MoveTo(DateTimeOffset time) => _now = time > _now ? time : _now;

    /// <summary>Lets some minutes pass.</summary>
    public void Pass(TimeSpan time) => _now += time;

    /// <summary>Shows the real time from now on.</summary>
    public void LetGo() => _now = null;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => _now ?? System.GetUtcNow();
}
