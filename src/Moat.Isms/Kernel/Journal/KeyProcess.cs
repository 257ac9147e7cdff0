using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;

namespace Moat.Isms.Kernel.Journal;

/// <summary>Why the journal goes on with another key.</summary>
public sealed record RotateKey
{
    /// <summary>Why, such as "the operator who knew the old key left".</summary>
    [MinLength(10), MaxLength(2000)]
    public required string Reason { get; init; }
}

/// <summary>The key before and the key from here on, as people compare them.</summary>
public sealed record KeyRotated(string From, string To, long AtEntry);

/// <summary>What the installation did for the journal today.</summary>
/// <param name="NamedKey">Whether the key was named now.</param>
/// <param name="Told">How many tasks tell of a clock that was set back.</param>
public sealed record JournalKept(bool NamedKey, int Told);

/// <summary>The keys that sign the journal: which they are, and how one follows another.</summary>
[Process(JournalProcess.Name, JournalProcess.Summary)]
public sealed class KeyProcess(MoatDb db, JournalKeys keys, IClockTold clocks)
{
    /// <summary>
    /// Lets the installation's newest key sign from here on. The old key signs that once more, together with the new
    /// one.
    /// </summary>
    [Operation(
        "rotate-key",
        Permission.ManageAccess,
        "Let the installation's new key sign the journal from here on; the old and the new key sign the change"
    )]
    public async Task<KeyRotated> Rotate(RotateKey input, CancellationToken ct)
    {
        var head = await db.Set<JournalHead>().AsNoTracking().FirstOrDefaultAsync(ct) ?? throw new NotFound("journal");
        var (old, next) = (keys.Of(head.VerifierKey), keys.Newest!);
        if (next.Verifier.ToString() == head.VerifierKey)
            throw new RuleBroken(
                "journal.rotate-key.new",
                "There is no new key to go on with. The operator of the server makes one and changes every journal with: moat key rotate"
            );
        var state = new Checkpoint(old.Verifier.Name, head.Size, Frontier.Parse(head.Size, head.Edge).Root()).ToText();
        var statement = NoteSigner.Sign($"{state}{SigningKey.Naming(next.Verifier.ToString())}\n", old, next);
        if (!await db.Set<SigningKey>().AnyAsync(ct))
            await db.Enter(new SigningKey { VerifierKey = head.VerifierKey }, ct);
        await db.Enter(
            new SigningKey
            {
                VerifierKey = next.Verifier.ToString(),
                Replaces = head.VerifierKey,
                Statement = statement,
            },
            ct
        );
        return new KeyRotated(old.Verifier.Fingerprint, next.Verifier.Fingerprint, head.Size);
    }

    /// <summary>
    /// Names the key of a journal that began before journals did so; from then on another key without an entry is a
    /// finding. Tells the ISMS manager where the clock was set back.
    /// </summary>
    [
        Daily(DailyTurn.Proof),
        Operation(
            "keep-current",
            Permission.System,
            "Name the key that signs the journal where no entry does yet, and tell of a clock that was set back"
        )
    ]
    public async Task<JournalKept> KeepCurrent(Nothing input, CancellationToken ct)
    {
        var told = await clocks.Open(ct);
        if (await db.Set<SigningKey>().AnyAsync(ct))
            return new JournalKept(false, told);
        if (await db.Set<JournalHead>().AsNoTracking().FirstOrDefaultAsync(ct) is not { } head)
            return new JournalKept(false, told);
        await db.Enter(new SigningKey { VerifierKey = keys.Of(head.VerifierKey).Verifier.ToString() }, ct);
        return new JournalKept(true, told);
    }
}
