using Moat.Isms.Kernel;

namespace Moat.Isms.People;

/// <summary>Does for its process what follows when somebody joins, moves or leaves.</summary>
[HandedIn]
public interface IPersonFollower
{
    /// <summary>Somebody joined or has other work.</summary>
    Task Arrive(Person person, CancellationToken ct);

    /// <summary>Somebody leaves on that day.</summary>
    Task Leave(Person person, DateOnly on, CancellationToken ct);
}
