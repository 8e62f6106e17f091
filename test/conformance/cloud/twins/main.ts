import { App, TerraformStack } from 'cdktf';
import { contextIn } from './context';
import { twins } from './twins';

// Everything that is wrong, in one stack: one thing with each resource.
const app = new App();
const stack = new TerraformStack(app, 'twins');
const context = contextIn(stack);
for (const { name, make } of twins) make(stack, name, context);
app.synth();
