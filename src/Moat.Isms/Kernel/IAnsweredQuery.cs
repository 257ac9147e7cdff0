namespace Moat.Isms.Kernel;

/// <summary>Is told of each query that was answered, because a query leaves nothing in the journal.</summary>
public interface IAnsweredQuery
{
    /// <summary>An organisation's query was answered.</summary>
    void Answered(Guid organization, string query);
}
