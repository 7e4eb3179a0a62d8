import { Component } from "@angular/core";
import { track } from "headstart";

@Component({
  template: `
    <main>
      <h1>Projects</h1>
      <button type="button" (click)="create()">New project</button>
    </main>
  `,
})
export class Projects {
  create() {
    track("Project Created");
  }
}
