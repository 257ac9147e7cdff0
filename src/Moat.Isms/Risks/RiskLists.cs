using Moat.Isms.Kernel;

namespace Moat.Isms.Risks;

/// <summary>Risks as they stand beside other records.</summary>
internal static class RiskLists
{
    /// <summary>Those of the risks that nobody rejected, the highest today first, with their score.</summary>
    public static IQueryable<Related> RelatedRisks(this MoatDb db, IQueryable<Guid> risks) =>
        from risk in db.Set<Risk>()
        where risks.Contains(risk.Id) && risk.Standing != Standing.Rejected && risk.Standing != Standing.Retired
        orderby risk.CurrentScore descending, risk.Number
        select new Related("RISK-" + risk.Number, risk.Title, risk.CurrentScore.ToString());
}
