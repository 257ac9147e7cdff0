using System.Globalization;

namespace Moat.Server.Shell;

/// <summary>Days as pages show them.</summary>
internal static class Days
{
    private const string Form = "d MMM yyyy";

    public static string Day(this DateOnly day) => day.ToString(Form, CultureInfo.InvariantCulture);

    public static string Day(this DateTime at) => at.ToString(Form, CultureInfo.InvariantCulture);
}
