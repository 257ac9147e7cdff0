namespace Moat.Isms.Kernel;

/// <summary>What the interview learned about the company, in the vocabulary of the content (clause 4.1).</summary>
public interface ICompanyFacts
{
    /// <summary>The facts; none before the interview.</summary>
    Task<HashSet<string>> Read(CancellationToken ct);
}
