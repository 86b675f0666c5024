namespace Duomano.Formats.Hands;

/// <summary>An array as a file has it: its shape and its numbers in C order.</summary>
internal sealed record NumericArray(int[] Shape, double[] Values)
{
    public string ShapeText => $"({string.Join(", ", Shape)})";

    /// <summary>Numbers in column order put into row order.</summary>
    public static double[] FromFortran(double[] values, int[] shape)
    {
        var result = new double[values.Length];
        var index = new int[shape.Length];
        foreach (var value in values)
        {
            var target = 0;
            for (var axis = 0; axis < shape.Length; axis++) target = target * shape[axis] + index[axis];
            result[target] = value;
            for (var axis = 0; axis < shape.Length && ++index[axis] == shape[axis]; axis++) index[axis] = 0;
        }

        return result;
    }
}
