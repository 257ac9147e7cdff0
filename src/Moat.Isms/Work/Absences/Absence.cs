using Moat.Isms.Kernel;

namespace Moat.Isms.Work.Absences;

/// <summary>Somebody is away for some days, and somebody else does what is due meanwhile.</summary>
[RecordKind("ABS", "absences")]
public sealed class Absence : Referenced
{
    /// <summary>Who is away.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>First day away.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day away.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>Who does what is due meanwhile.</summary>
    public required Guid DeputyId { get; init; }

    /// <summary>Whether tasks that are open already go to the deputy as well, and come back afterwards.</summary>
    public required bool HandsOver { get; init; }

    /// <summary>
    /// Which person recorded it; null for a program or the command line, and in absences from before that was kept.
    /// </summary>
    public Guid? RecordedById { get; init; }

    /// <summary>When it began to count.</summary>
    public DateTime? BegunAt { get; private set; }

    /// <summary>When it ended, by its last day or before.</summary>
    public DateTime? EndedAt { get; private set; }

    /// <inheritdoc />
    public override string Caption => $"Away from {From:yyyy-MM-dd} to {Until:yyyy-MM-dd}";

    /// <summary>It begins to count.</summary>
    public void Begin(DateTime at) => BegunAt ??= at;

    /// <summary>Ends it.</summary>
    public void End(DateTime at)
    {
        if (EndedAt is not null)
            throw new RuleBroken("absences.end.ended", $"{Ref} has ended already.");
        EndedAt = at;
    }
}
