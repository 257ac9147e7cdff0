using Moat.Isms.Kernel;

namespace Moat.Isms.Context;

/// <summary>What the interview learned about the company (clause 4.1). One per organisation.</summary>
[RecordKind("PRO", "context", Column = ThreadColumn.RisksAndControls)]
public sealed class CompanyProfile : Referenced
{
    /// <summary>The answers as JSON, kept while the interview is still going on.</summary>
    public string Answers { get; private set; } = "{}";

    /// <summary>Facts derived from the answers, in the vocabulary of the content.</summary>
    public List<string> Facts { get; private set; } = [];

    /// <summary>When the interview was completed; null while it goes on.</summary>
    public DateTime? CompletedAt { get; private set; }

    /// <inheritdoc />
    public override string Caption => "Company profile";

    /// <summary>Keeps answers given so far.</summary>
    public void Answer(string answers, List<string> facts) => (Answers, Facts) = (answers, facts);

    /// <summary>Marks the interview as done.</summary>
    public void Complete(DateTime at) => CompletedAt = at;
}
