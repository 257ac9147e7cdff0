namespace Moat.Isms.Kernel;

/// <summary>What an operation needs. Each operation declares exactly one; a caller without it is refused.</summary>
public enum Permission
{
    /// <summary>See one's own tasks and account.</summary>
    Work,

    /// <summary>Read the registers, readiness and the thread.</summary>
    ReadIsms,

    /// <summary>Read and prove the journal.</summary>
    ReadJournal,

    /// <summary>Take the audit pack out.</summary>
    ExportPack,

    /// <summary>Profile, issues, parties, obligations, scope, objectives, roles.</summary>
    EditContext,

    /// <summary>Adopt or reject what is proposed.</summary>
    Adopt,

    /// <summary>Assets and their relations.</summary>
    EditAssets,

    /// <summary>Risks and their assessment and treatment.</summary>
    EditRisks,

    /// <summary>Accept a residual risk, and then only one's own.</summary>
    AcceptRisks,

    /// <summary>Applicability and implementation of controls.</summary>
    EditControls,

    /// <summary>Approve scope, method and Statement of Applicability.</summary>
    Approve,

    /// <summary>Draft, write and review documents.</summary>
    EditDocuments,

    /// <summary>Courses, competence and who has which.</summary>
    EditTraining,

    /// <summary>Suppliers and their assessments.</summary>
    EditSuppliers,

    /// <summary>Add evidence and withdraw it.</summary>
    EditEvidence,

    /// <summary>Sources that collectors read, with their secrets.</summary>
    ManageCollectors,

    /// <summary>People, and who holds which role of the ISMS.</summary>
    EditPeople,

    /// <summary>Accounts and groups as an identity provider tells them (SCIM): who joined, who left.</summary>
    ProvisionPeople,

    /// <summary>Triage what was reported, lead and document incidents, run playbooks.</summary>
    HandleIncidents,

    /// <summary>Nonconformities, corrective actions, lessons and improvements.</summary>
    EditImprovements,

    /// <summary>Planned and unplanned changes of the ISMS, outsourced processes.</summary>
    PlanChanges,

    /// <summary>The audit programme, audits and answers to an auditor.</summary>
    PlanAudits,

    /// <summary>Ask for records, sample them and raise findings; an auditor's right.</summary>
    RaiseFindings,

    /// <summary>Management reviews and their decisions.</summary>
    HoldReviews,

    /// <summary>Accounts, invitations and API tokens.</summary>
    ManageAccess,

    /// <summary>Only the installation itself: founding an organisation, taking an invitation.</summary>
    System,
}

/// <summary>A caller's part in the ISMS; a set of permissions.</summary>
public enum Role
{
    /// <summary>Own tasks, courses and reports.</summary>
    Member,

    /// <summary>
    /// Reads everything for a limited time, asks for records and raises findings; changes nothing else.
    /// </summary>
    Auditor,

    /// <summary>Assesses, treats and accepts own risks.</summary>
    RiskOwner,

    /// <summary>Implements own controls and shows evidence.</summary>
    ControlOwner,

    /// <summary>A pipeline or program that feeds records.</summary>
    Agent,

    /// <summary>An identity provider that tells who joined and who left, and can do nothing else.</summary>
    Provisioner,

    /// <summary>Runs the ISMS.</summary>
    IsmsManager,

    /// <summary>Accountable for the ISMS; everything a person may do.</summary>
    Owner,

    /// <summary>The installation itself, never a person.</summary>
    System,
}

/// <summary>Which permissions a role has.</summary>
public static class Roles
{
    private static readonly Permission[] Reader = [Permission.Work, Permission.ReadIsms];

    // What an identity provider tells ends anybody's access, the last owner's too: nobody else may say it.
    private static readonly Permission[] Manager =
    [
        .. Enum.GetValues<Permission>()
            .Where(p => p is not (Permission.System or Permission.ManageAccess or Permission.ProvisionPeople)),
    ];

    private static readonly Dictionary<Role, HashSet<Permission>> Sets = new()
    {
        [Role.Member] = [Permission.Work],
        [Role.Auditor] = [.. Reader, Permission.ReadJournal, Permission.ExportPack, Permission.RaiseFindings],
        [Role.RiskOwner] =
        [
            .. Reader,
            Permission.EditRisks,
            Permission.AcceptRisks,
            Permission.EditEvidence,
            Permission.EditDocuments,
            Permission.HandleIncidents,
            Permission.EditImprovements,
        ],
        [Role.ControlOwner] =
        [
            .. Reader,
            Permission.EditControls,
            Permission.AcceptRisks,
            Permission.EditEvidence,
            Permission.EditDocuments,
            Permission.HandleIncidents,
            Permission.EditImprovements,
        ],
        [Role.Agent] = [.. Reader, Permission.EditAssets, Permission.EditRisks, Permission.EditEvidence],
        [Role.Provisioner] = [Permission.ProvisionPeople],
        [Role.IsmsManager] = [.. Manager],
        [Role.Owner] = [.. Manager, Permission.ManageAccess],
        [Role.System] = [.. Enum.GetValues<Permission>()],
    };

    /// <summary>Roles that can be given to a person or a token.</summary>
    public static IReadOnlyList<Role> Assignable { get; } = [.. Sets.Keys.Where(r => r != Role.System)];

    /// <summary>Whether the role holds the permission.</summary>
    public static bool Allows(this Role role, Permission permission) => Sets[role].Contains(permission);

    /// <summary>Whether the role may do nothing that the other may not.</summary>
    public static bool IsWithin(this Role role, Role other) => Sets[role].IsSubsetOf(Sets[other]);
}
