using Moat.Isms.Kernel;

namespace Moat.Isms.People;

/// <summary>Who answers for a record.</summary>
internal static class Owners
{
    /// <summary>The person that a reference names; nobody when it is empty. Throws <see cref="NotFound"/>.</summary>
    public static async Task<Guid?> OwnerId(this MoatDb db, string? reference, CancellationToken ct) =>
        string.IsNullOrEmpty(reference) ? null : (await db.One<Person>(reference, ct)).Id;
}
