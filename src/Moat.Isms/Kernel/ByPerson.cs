namespace Moat.Isms.Kernel;

/// <summary>
/// An operation that the standard gives to people. Only somebody who is signed in and has just confirmed who they are
/// may run it: never a token, an agent, the command line or the server itself. What is signed this way carries a name
/// that answers for it.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ByPersonAttribute : Attribute;

/// <summary>
/// An operation that refuses everybody behind whom no person stands, with words of its own: a token is not offered it.
/// Unlike <see cref="ByPersonAttribute"/> it asks for no signature, so a member may do it at the command line.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PeopleOnlyAttribute : Attribute;

/// <summary>The act is a person's own, and no person was there who confirmed it.</summary>
public sealed class PersonNeeded(string operation)
    : Refusal(
        "person-needed",
        $"'{operation}' is a person's own signature. Sign in in the browser, do it there and give your password; no token, agent or command can do it for you."
    );

/// <summary>Asks again who somebody is, where an act is a signature.</summary>
public interface IConfirmIdentity
{
    /// <summary>Whether this is the account's password.</summary>
    Task<bool> IsPassword(Guid accountId, string password, CancellationToken ct);
}

/// <summary>Lets a signature through only with the person behind it. Whatever is not known is refused.</summary>
internal static class PersonGate
{
    /// <summary>Throws <see cref="PersonNeeded"/> where nobody signed in and confirmed.</summary>
    public static void Check(Operation operation, Caller caller)
    {
        if (operation.ByPerson && caller is not { IsPerson: true, Confirmed: true })
            throw new PersonNeeded(operation.Name);
    }

    /// <summary>The caller, once the password was right. Throws <see cref="InputInvalid"/> naming the field.</summary>
    public static async Task<Caller> Confirm(
        Operation operation,
        Caller caller,
        string? password,
        IConfirmIdentity identity,
        CancellationToken ct
    )
    {
        if (!caller.IsPerson)
            throw new PersonNeeded(operation.Name);
        if (string.IsNullOrEmpty(password))
            throw new InputInvalid("password", "Give your password: this is your signature.");
        if (!await identity.IsPassword(caller.ActorId!.Value, password, ct))
            throw new InputInvalid("password", "This is not your password.");
        return caller with { Confirmed = true };
    }
}
