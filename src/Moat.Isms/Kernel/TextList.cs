using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Moat.Isms.Kernel;

/// <summary>A list of texts, kept as JSON.</summary>
internal sealed class TextList()
    : ValueConverter<List<string>, string>(
        v => JsonSerializer.Serialize(v, InputBinder.Json),
        v => JsonSerializer.Deserialize<List<string>>(v, InputBinder.Json) ?? new List<string>()
    );

/// <summary>Whether two lists say the same in the same order.</summary>
internal sealed class TextListComparer()
    : ValueComparer<List<string>>(
        (a, b) => (a == null && b == null) || (a != null && b != null && a.SequenceEqual(b)),
        v => v.Aggregate(0, (h, s) => HashCode.Combine(h, s.GetHashCode(StringComparison.Ordinal))),
        v => v.ToList()
    );
