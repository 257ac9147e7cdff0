using Microsoft.AspNetCore.Components;
using Moat.Isms.Incidents.Playbooks;

namespace Moat.Server.Pages;

/// <summary>One thing to keep or one way to stop the harm, in a run of a playbook.</summary>
public abstract class RunItem : ComponentBase
{
    /// <summary>The run that it belongs to.</summary>
    [Parameter, EditorRequired]
    public RunView Run { get; set; } = null!;

    /// <summary>What is kept or done.</summary>
    [Parameter, EditorRequired]
    public RunItemView Item { get; set; } = null!;

    /// <summary>Whether the caller may work on the run, which goes on.</summary>
    [Parameter]
    public bool MayHandle { get; set; }
}
