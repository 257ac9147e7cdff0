using Moat.Isms.Kernel;

namespace Moat.Isms.Risks;

/// <summary>Risks as they stand beside other records.</summary>
public sealed class RelatedRisks(MoatDb db) : IRelatedRisks
{
    /// <inheritdoc />
    public IQueryable<Related> Among(IQueryable<Guid> risks) =>
        from risk in db.Set<Risk>()
        where risks.Contains(risk.Id) && risk.Standing != Standing.Rejected && risk.Standing != Standing.Retired
        orderby risk.CurrentScore descending, risk.Number
        select new Related("RISK-" + risk.Number, risk.Title, risk.CurrentScore.ToString());
}
