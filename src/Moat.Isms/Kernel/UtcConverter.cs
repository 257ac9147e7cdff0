using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Moat.Isms.Kernel;

/// <summary>Every stored moment is in UTC, also where a database does not say so.</summary>
public sealed class UtcConverter()
    : ValueConverter<DateTime, DateTime>(v => v.ToUniversalTime(), v => DateTime.SpecifyKind(v, DateTimeKind.Utc));
