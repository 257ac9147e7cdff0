namespace Moat.Isms.Kernel;

/// <summary>Who acts, for which organisation, through which door.</summary>
/// <param name="OrganizationId">The tenant; every query is filtered by it.</param>
/// <param name="Organization">The organisation's slug as in URLs.</param>
/// <param name="ActorId">Account or token; null for the installation itself.</param>
/// <param name="Name">How the journal names the actor.</param>
/// <param name="Role">Decides the permissions.</param>
/// <param name="PersonId">The person behind the account, for "due for me" and ownership rules.</param>
/// <param name="Door">ui, rest, mcp, cli or system.</param>
public sealed record Caller(
    Guid OrganizationId,
    string Organization,
    Guid? ActorId,
    string Name,
    Role Role,
    Guid? PersonId,
    string Door
)
{
    /// <summary>The installation itself, acting for an organisation.</summary>
    public static Caller System(Guid organizationId, string slug, string door = "system") =>
        new(organizationId, slug, null, "Moat", Role.System, null, door);

    /// <summary>
    /// Who works at the command line without saying which member they are: the user of the machine, marked as operator.
    /// </summary>
    public static Caller Operator(Guid organizationId, string slug, string user) =>
        new(organizationId, slug, null, $"operator {user}".Cut(200), Role.Owner, null, "cli");

    /// <summary>Whether the person behind it has confirmed, for this one act, who they are.</summary>
    public bool Confirmed { get; init; }

    /// <summary>
    /// Somebody who signed in with an account of their own; never a token, a program or the installation.
    /// </summary>
    public bool IsPerson =>
        this
            is {
                PersonId: not null,
                ActorId: not null,
                Door: "ui",
                Role: not (Role.System or Role.Agent or Role.Provisioner)
            };

    /// <summary>Whether the caller may do what needs this permission.</summary>
    public bool May(Permission permission) => Role.Allows(permission);

    /// <summary>Managers may act for any owner.</summary>
    public bool IsManager => Role is Role.IsmsManager or Role.Owner or Role.System;
}

/// <summary>Holds the caller of the current scope. Doors MUST set it before they run anything.</summary>
public sealed class CurrentCaller
{
    private Caller? _caller;

    /// <summary>The caller; throws when the door forgot to say who acts.</summary>
    public Caller Value
    {
        get => _caller ?? throw new InvalidOperationException("No caller was set for this scope.");
        set => _caller = value;
    }

    /// <summary>A program's own key for its request, so that asking twice changes once; null without one.</summary>
    public string? RequestKey { get; set; }

    /// <summary>The organisation of the caller, or none yet.</summary>
    public Guid OrganizationId => _caller?.OrganizationId ?? Guid.Empty;
}
