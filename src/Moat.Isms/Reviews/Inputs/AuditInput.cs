using Microsoft.EntityFrameworkCore;
using Moat.Isms.Improvement;
using Moat.Isms.Kernel;

namespace Moat.Isms.Reviews.Inputs;

/// <summary>Results of audits (9.3.2 d 3).</summary>
public sealed class AuditInput(MoatDb db) : ReviewInput
{
    /// <inheritdoc />
    public override string Topic => ReviewTopics.Audits;

    /// <inheritdoc />
    public override async Task<InputSection> Read(ReviewWindow window, CancellationToken ct)
    {
        var since = window.From;
        var found = await db.Set<Nonconformity>().Where(n => n.Origin == NonconformityOrigin.Audit && (n.RaisedOn >= since || n.State != NonconformityState.Closed)).OrderBy(n => n.State == NonconformityState.Closed).ThenBy(n => n.Number).ToListAsync(ct);
        return InputSection.Of(
            Topic, found.Count == 0 ? "No audit raised a nonconformity in this time." : $"Audits raised {Count(found.Count, "nonconformity", "nonconformities")}; {found.Count(n => n.State != NonconformityState.Closed)} are open.",
            [Figure("Nonconformities from audits", found.Count), Figure("Open", found.Count(n => n.State != NonconformityState.Closed))],
            [.. found.Select(n => Row(n, $"{n.Grade.Words().ToLowerInvariant()}, {n.State.Words().ToLowerInvariant()}, {n.Requirement}"))]);
    }
}
