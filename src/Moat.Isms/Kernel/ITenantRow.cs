namespace Moat.Isms.Kernel;

/// <summary>A row that belongs to an organisation and is no record: others never see it.</summary>
public interface ITenantRow
{
    /// <summary>The tenant.</summary>
    Guid OrganizationId { get; }
}
