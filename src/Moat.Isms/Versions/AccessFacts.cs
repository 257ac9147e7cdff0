using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;

namespace Moat.Isms.Versions;

/// <summary>
/// Binds facts of who may change something to the versions that it is. The facts themselves stand with the resource and
/// are kept as they change; here it is said once of which version they are.
/// </summary>
public sealed class AccessFacts(MoatDb db)
{
    /// <summary>What is bound of a resource already.</summary>
    internal async Task<BoundAccess> Of(Resource resource, CancellationToken ct) =>
        new(
            db,
            resource,
            [
                .. await db.Set<VersionResult>()
                    .Where(r => r.SourceRef == resource.Ref)
                    .Select(r => r.Given)
                    .ToListAsync(ct),
            ]
        );
}

/// <summary>What is bound of one resource.</summary>
internal sealed class BoundAccess(MoatDb db, Resource resource, HashSet<string> given)
{
    /// <summary>Binds its facts to a version, once.</summary>
    public Task Keep(AssetVersion version, string name, CancellationToken ct) =>
        Keep(name, version.Id, $"Who may change it stands in the facts of {resource.Ref} {resource.Name}", ct);

    /// <summary>Keeps that they are about no version that is known, and why.</summary>
    public Task Unbound(string name, string why, CancellationToken ct) => Keep(name, null, why, ct);

    private async Task Keep(string name, Guid? version, string says, CancellationToken ct)
    {
        if (!given.Add(name.Cut(300)))
            return;
        await db.Enter(
            new VersionResult
            {
                Kind = VersionResultKind.Access,
                SourceRef = resource.Ref,
                Given = name.Cut(300),
                VersionId = version,
                Says = says.Cut(1000),
                At = db.Now,
            },
            ct
        );
    }
}
