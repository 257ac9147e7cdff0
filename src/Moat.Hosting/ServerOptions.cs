using Moat.Storage;

namespace Moat.Hosting;

/// <summary>What an operator decides about a server.</summary>
public sealed record ServerOptions
{
    /// <summary>Where the data is.</summary>
    public required StorageOptions Storage { get; init; }

    /// <summary>Where to listen.</summary>
    public string Url { get; init; } = "http://127.0.0.1:4400";

    /// <summary>
    /// Whether it may connect to PostgreSQL as a user for whom the walls of the database do not hold.
    /// </summary>
    public bool AllowOwner { get; init; }

    /// <summary>From which level on the log tells.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Warning;

    /// <summary>Proxies on other machines that are believed about who asks.</summary>
    public IReadOnlyList<System.Net.IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>The Chromium that prints PDFs; the one of the machine when left out.</summary>
    public string? Chromium { get; init; }

    /// <summary>What it may reach beside its own data.</summary>
    public OutsideWorld Outside { get; init; } = OutsideWorld.None;

    /// <summary>The clock; another one than the system's only while a history is replayed or tested.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
