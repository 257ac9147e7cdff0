namespace Moat.Isms.Work.Webhooks;

/// <summary>
/// Which addresses this installation sends to: the same rule when one is entered as when something is sent.
/// </summary>
public interface IOutbound
{
    /// <summary>Why nothing is sent there; null when messages may go.</summary>
    string? Refuses(Uri address);
}
