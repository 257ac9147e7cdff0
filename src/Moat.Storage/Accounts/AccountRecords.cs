namespace Moat.Storage.Accounts;

/// <summary>A browser that is signed in. It is let in while its record stands, whatever its cookie says.</summary>
public sealed class AccountSession
{
    /// <summary>Named in the cookie's ticket.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required Guid UserId { get; init; }

    /// <summary>When they signed in.</summary>
    public required DateTime BeganAt { get; init; }

    /// <summary>When it was last used, to the minute.</summary>
    public required DateTime SeenAt { get; set; }

    /// <summary>When it ends, however much it is used.</summary>
    public required DateTime EndsAt { get; init; }

    /// <summary>The browser and system in words.</summary>
    public required string Browser { get; init; }

    /// <summary>The network address that signed in.</summary>
    public required string Address { get; init; }
}

/// <summary>How often a password or code was tried, and from when on it may be tried again.</summary>
public sealed class AccountGuess
{
    /// <summary>Which account is tried and from where; hashes, no names and addresses.</summary>
    public required string Bucket { get; init; }

    /// <summary>Tries since it was last empty.</summary>
    public required int Tries { get; init; }

    /// <summary>When it is empty again.</summary>
    public required DateTime EndsAt { get; init; }
}

/// <summary>The half minute whose code an account used last; no earlier code is taken (RFC 6238, 5.2).</summary>
public sealed class AccountCode
{
    /// <summary>The account.</summary>
    public required Guid UserId { get; init; }

    /// <summary>The time step.</summary>
    public required long Step { get; init; }
}
