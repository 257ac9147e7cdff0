using Microsoft.AspNetCore.Components;

namespace Moat.Server.Shell;

/// <summary>
/// A component that is drawn when everything it shows has been read, never before. Blazor draws a component while its
/// data is still on the way, which a page that is answered whole has no use for.
/// </summary>
public abstract class LoadedComponent : ComponentBase
{
    private Task? _loading;

    /// <inheritdoc />
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        await (_loading ??= Load());
        await base.SetParametersAsync(ParameterView.Empty);
    }

    /// <summary>Reads what the component shows, once.</summary>
    protected virtual Task Load() => Task.CompletedTask;
}
