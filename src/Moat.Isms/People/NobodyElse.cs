using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;

namespace Moat.Isms.People;

/// <summary>
/// A person's word that nobody else works here who could be the second one. It counts while it is true.
/// </summary>
[RecordKind("ALONE", "access", Column = ThreadColumn.DocumentsAndPeople)]
public sealed class NobodyElse : Referenced
{
    /// <summary>Who said so.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>Their name that day.</summary>
    public required string SaidBy { get; init; }

    /// <summary>Why nobody else can look at what they approve.</summary>
    public required string Reason { get; init; }

    /// <inheritdoc />
    public override string Caption => $"{SaidBy}, {CreatedAt:yyyy-MM-dd}: {Reason}".Cut(300);
}

/// <summary>The word that nobody else exists.</summary>
public sealed record SayNobodyElse
{
    /// <summary>Why nobody else can look at what you approve, and when that will change.</summary>
    [MinLength(10), MaxLength(2000)]
    public required string Reason { get; init; }
}

/// <summary>What a company of one person records instead of a second signature.</summary>
[Process("access", "Who may sign in, with which role, and which programs hold a token (A.5.15, A.5.18).")]
public sealed class AloneProcess(MoatDb db, CurrentCaller caller, SecondPerson second)
{
    /// <summary>Records that nobody else exists; refused while somebody else has an account.</summary>
    [
        ByPerson,
        Operation("nobody-else", Permission.Approve, "Record that nobody else exists who could be the second person")
    ]
    public async Task<Done> Say(SayNobodyElse input, CancellationToken ct)
    {
        if (await second.Members(ct) is [var (name, _), ..])
            throw new RuleBroken(
                "access.nobody-else.exists",
                $"{name} has an account here. Give them a role that may approve, and let them look."
            );
        return new Done(
            await db.Enter(
                new NobodyElse
                {
                    PersonId = caller.Value.PersonId!.Value,
                    SaidBy = caller.Value.Name,
                    Reason = input.Reason,
                },
                ct
            )
        );
    }
}
