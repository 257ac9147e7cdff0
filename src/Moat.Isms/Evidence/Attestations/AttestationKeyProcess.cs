using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.Evidence.Attestations;

/// <summary>Keys that may sign attestations (A.5.21, A.8.24).</summary>
[Process(
    "attestation-keys",
    "Public keys whose signatures under attestations of builds and models the organisation trusts (A.5.21, A.8.24)."
)]
public sealed class AttestationKeyProcess(MoatDb db)
{
    /// <summary>The keys, retired ones last.</summary>
    [Query("list", Permission.ReadIsms, "List the keys that may sign attestations")]
    public async Task<IReadOnlyList<AttestationKeyRow>> List(Nothing input, CancellationToken ct)
    {
        var keys = await db.Set<AttestationKey>()
            .AsNoTracking()
            .OrderBy(k => k.RetiredAt)
            .ThenBy(k => k.Number)
            .Take(500)
            .ToListAsync(ct);
        return
        [
            .. keys.OrderBy(k => k.RetiredAt is not null)
                .Select(k => new AttestationKeyRow(
                    k.Ref,
                    k.Version,
                    k.Name,
                    k.Algorithm,
                    k.Fingerprint,
                    k.KeyId,
                    k.PublicKey,
                    k.CreatedAt,
                    k.RetiredAt,
                    k.RetiredBecause
                )),
        ];
    }

    /// <summary>Names a key. From now on signatures of reported attestations are verified with it.</summary>
    [Operation("create", Permission.ManageCollectors, "Name a public key that may sign attestations")]
    public async Task<Done> Create(CreateAttestationKey input, CancellationToken ct)
    {
        using var key = TrustedKey.Read(input.PublicKey);
        if (await db.Set<AttestationKey>().FirstOrDefaultAsync(k => k.Fingerprint == key.Fingerprint, ct) is { } known)
            throw new RuleBroken(
                "attestation-keys.create.once",
                known.RetiredAt is null
                    ? $"{known.Ref} is this key already."
                    : $"This key was retired as {known.Ref}. A key that was given up is not taken back: make a new one."
            );
        return new Done(
            await db.Enter(
                new AttestationKey
                {
                    Name = input.Name,
                    Algorithm = key.Algorithm,
                    PublicKey = key.Pem,
                    Fingerprint = key.Fingerprint,
                    KeyId = string.IsNullOrWhiteSpace(input.KeyId) ? null : input.KeyId.Trim(),
                },
                ct
            )
        );
    }

    /// <summary>Retires a key. Attestations that come later are not verified with it any more.</summary>
    [Operation("retire", Permission.ManageCollectors, "Retire a key: its signatures count no more from now on")]
    public async Task<Done> Retire(RetireAttestationKey input, CancellationToken ct)
    {
        var key = await db.One<AttestationKey>(input, ct);
        key.Retire(input.Because, db.Now);
        return new Done(key);
    }
}
